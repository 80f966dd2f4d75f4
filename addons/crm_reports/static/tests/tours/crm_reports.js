import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_reports_catalog", {
    steps: () => [
        { trigger: ".o_search_panel_label_title:contains(Won Rate)", run: "click" },
        {
            trigger: ".o_kanban_record:contains(Won Rate by Team)",
            run: "click",
        },
        { trigger: ".o_graph_renderer canvas" },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        {
            content: "one of two was won",
            trigger: ".o_pivot tbody tr:contains(Tour North) td:contains(50.00)",
            run: "click",
        },
        {
            content: "the two leads behind the number, the lost one too",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Tour won)) .o_data_row:contains(Tour lost)",
        },
    ],
});
