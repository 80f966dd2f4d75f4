import { registry } from "@web/core/registry";
import {
    card,
    column,
    inSearchMenu,
    openMenu,
    openPipeline,
    removeFilter,
} from "@test_crm_suite/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

tours.add("crm_suite_lost_and_restored", {
    steps: () => [
        ...openPipeline(),
        { trigger: card("Deal to lose"), run: "click" },
        { trigger: ".o_statusbar_buttons button:contains(Lost)", run: "click" },
        { trigger: '.modal .o_selection_badge:contains("Suite price")', run: "click" },
        { trigger: '.modal .o_selection_badge.active:contains("Suite price")' },
        {
            content: "With a closing note",
            trigger: ".modal .o_field_widget[name=lost_feedback] .odoo-editor-editable",
            run: "editor A third cheaper elsewhere",
        },
        { trigger: ".modal button[name=action_lost_reason_apply]", run: "click" },
        { content: "It is marked", trigger: ".o_widget_web_ribbon span:contains(Lost)" },
        { trigger: ".o_back_button", run: "click" },
        { trigger: `.o_opportunity_kanban:not(:has(${card("Deal to lose")}))` },
        ...inSearchMenu(["filter", "Lost"], ["group_by", "Lost Reason"]),
        {
            content: "The lost ones by their reason",
            trigger: `${column("Suite price")} ${card("Deal to lose")}`,
        },
        { trigger: `${column("Suite delivery")} ${card("Lost long ago")}` },
        { content: "Write to them", trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: '.o_group_header:contains("Suite delivery")', run: "click" },
        {
            trigger: '.o_data_row:contains("Lost long ago") .o_list_record_selector input',
            run: "click",
        },
        { trigger: ".o_control_panel button:contains(/^Email$/)", run: "click" },
        { trigger: ".modal .o_field_widget[name=subject] input", run: "edit Faster now" },
        {
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor We deliver within a week.",
        },
        { trigger: ".modal button[name=action_send_mail]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            content: "Restore one",
            trigger: '.o_group_header:contains("Suite price")',
            run: "click",
        },
        { trigger: '.o_data_row:contains("Deal to lose") .o_data_cell[name=name]', run: "click" },
        { trigger: "button[name=action_restore]", run: "click" },
        {
            trigger:
                ".o_form_view:not(:has(.o_widget_web_ribbon:contains(Lost))) button[name=action_set_won_rainbowman]",
        },
    ],
});

tours.add("crm_suite_won", {
    steps: () => [
        ...openPipeline(),
        { trigger: card("Deal to win"), run: "click" },
        { trigger: "button[name=action_set_won_rainbowman]", run: "click" },
        { content: "Cheers", trigger: ".o_reward_rainbow" },
        { trigger: ".o_widget_web_ribbon span:contains(Won)" },
    ],
});

tours.add("crm_suite_lost_analysis", {
    steps: () => [
        ...openPipeline(),
        ...openMenu("crm.crm_menu_report", "crm.crm_opportunity_report_menu"),
        { trigger: ".o_graph_view" },
        // lost deals are archived: without "Inactive" the filter "Lost" of this page finds none
        ...inSearchMenu(["filter", "Inactive"], ["filter", "Lost"], ["group_by", "Lost Reason"]),
        { trigger: '.o_searchview_facet:contains("Lost Reason")' },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: '.o_pivot th:contains("Suite price")' },
        { trigger: ".o_pivot_view button:contains(Measures)", run: "click" },
        { trigger: ".o-dropdown--menu .o-dropdown-item:contains(/^Count$/)", run: "click" },
        {
            content: "How many were lost for their price",
            trigger: `.o_pivot tr:has(th:contains("Suite price")) .o_pivot_cell_value:contains(/^2$/)`,
            run: "click",
        },
        {
            content: "The deals behind the number",
            trigger: '.o_list_view .o_data_row:contains("Lost for price 1")',
        },
        { trigger: '.o_list_view .o_data_row:contains("Lost for price 2")' },
        { trigger: '.o_list_view:not(:has(.o_data_row:contains("Lost long ago")))' },
    ],
});

tours.add("crm_suite_unassigned", {
    steps: () => [
        ...openPipeline(),
        removeFilter("My Pipeline"),
        ...inSearchMenu(["filter", "Unassigned"]),
        { trigger: card("Nobody's deal") },
        { trigger: `.o_opportunity_kanban:not(:has(${card("Deal of Otto")}))` },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        {
            content: "Write to all of them",
            trigger: ".o_control_panel button:contains(/^Email$/)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=subject] input", run: "edit Who may call you?" },
        {
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor A colleague of ours will be in touch.",
        },
        { trigger: ".modal button[name=action_send_mail]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
