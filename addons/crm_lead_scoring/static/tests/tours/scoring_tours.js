import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("crm_lead_scoring_popover", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Good one) .o_crm_lead_scoring_badge", run: "click" },
        { trigger: ".o_crm_lead_scoring_popover .o_crm_lead_scoring_headline" },
        { trigger: ".o_crm_lead_scoring_reason:contains(Country)" },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_list_view th[data-name=win_score]", run: "click" },
        {
            trigger:
                ".o_list_view th[data-name=win_score] .fa-angle-up, .o_list_view th[data-name=win_score].table-active",
        },
        { trigger: ".o_list_view th[data-name=win_score]", run: "click" },
        {
            content: "best first",
            trigger: ".o_data_row:first:contains(Good one)",
        },
    ],
});

tours.add("crm_lead_scoring_versions", {
    steps: () => [
        { trigger: "[data-menu-xmlid='crm_core.leads_management_menu']", run: "click" },
        { trigger: "[data-menu-xmlid='crm_lead_scoring.crm_scoring_model_menu']", run: "click" },
        {
            content: "the version in use",
            trigger: ".o_data_row:first:contains(In Use)",
        },
        { trigger: ".o_data_row:last td[name=number]", run: "click" },
        { trigger: ".o_form_view .o_crm_lead_scoring_quality canvas" },
        { trigger: "button[name=action_put_in_use]", run: "click" },
        {
            content: "the earlier version is in use now",
            trigger: ".o_form_view .o_field_widget[name=state]:contains(In Use)",
        },
    ],
});
