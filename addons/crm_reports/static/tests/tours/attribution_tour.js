import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_reports_attribution", {
    steps: () => [
        { trigger: "[data-menu-xmlid='crm.crm_menu_report']", run: "click" },
        { trigger: "[data-menu-xmlid='crm_reports.crm_attribution_share_menu']", run: "click" },
        {
            content: "all methods stand side by side",
            trigger: ".o_pivot th.o_pivot_measure_row:contains(Time Decay)",
        },
        {
            content: "the fair has brought 500 of both deals, by half",
            trigger: ".o_pivot tbody tr:contains(Some fair) .o_pivot_cell_value:contains(500)",
            run: "click",
        },
        {
            content: "its leads are listed",
            trigger: ".o_list_view .o_data_row:contains(Second deal)",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Third deal)))" },
        { trigger: ".o_data_row:contains(First deal) td[name=name]", run: "click" },
        { trigger: ".o_form_view button:contains(Attribution)", run: "click" },
        {
            content: "why each touch counts",
            trigger: ".o_list_view .o_data_row:contains(Some fair):contains(last non-direct)",
        },
        { trigger: ".o_list_view tfoot:contains(1,000.00)" },
        { trigger: "[data-menu-xmlid='crm.crm_menu_report']", run: "click" },
        { trigger: "[data-menu-xmlid='crm_reports.crm_campaign_return_menu']", run: "click" },
        {
            content: "1,000 for 400",
            trigger: ".o_pivot tbody tr:contains(Spring) .o_pivot_cell_value:contains(2.50)",
        },
    ],
});
