import { registry } from "@web/core/registry";
import { card, choose, openMenu, openPipeline } from "@test_crm_suite/../tests/tours/steps";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

tours.add("crm_suite_new_team", {
    steps: () => [
        ...openPipeline(),
        ...openMenu("crm.crm_menu_config", "crm.crm_team_config"),
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name] input", run: "edit Partners" },
        ...choose("user_id", "Lena Leader"),
        { trigger: ".o_field_widget[name=use_leads] input", run: "click" },
        { trigger: ".o_field_widget[name=alias_name] input", run: "edit partners" },
        {
            content: "Add a member",
            trigger: ".o_field_widget[name=member_ids] .o-kanban-button-new",
            run: "click",
        },
        { trigger: ".modal .o_searchview_input", run: "edit Nora" },
        { trigger: ".o_searchview_autocomplete" },
        { trigger: ".modal .o_searchview_input", run: "press Enter" },
        { trigger: ".modal .o_searchview_facet:contains(Nora)" },
        {
            trigger: ".modal .o_data_row:only-child:contains(Nora Newcomer) input.form-check-input",
            run: "click",
        },
        { trigger: ".modal .o_data_row:contains(Nora Newcomer) input.form-check-input:checked" },
        { trigger: ".modal button.o_select_button", run: "click" },
        { trigger: ".o_field_widget[name=member_ids]:contains(Nora Newcomer)" },
        ...stepUtils.saveForm(),
    ],
});

tours.add("crm_suite_team_pipeline", {
    steps: () => [
        ...openPipeline(),
        ...openMenu("crm.crm_menu_sales", "crm.sales_team_menu_team_pipeline"),
        { trigger: card("Enterprise"), run: "click" },
        { content: "The team's deals", trigger: `.o_opportunity_kanban ${card("Deal of Erik")}` },
        {
            content: "... and no other team's",
            trigger: `.o_opportunity_kanban:not(:has(${card("Deal of Otto")}))`,
        },
    ],
});

tours.add("crm_suite_give_to_member", {
    steps: () => [
        { trigger: ".o_field_widget[name=user_id]" },
        ...choose("user_id", "Erik Enterprise"),
        ...stepUtils.saveForm(),
    ],
});
