import { registry } from "@web/core/registry";
import { card, column, openPipeline } from "@test_crm_suite/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

function settingsOf(title, item) {
    return [
        {
            content: `Settings of the column ${title}`,
            trigger: `${column(title)} .o_kanban_header_title`,
            run: `hover && click ${column(title)} .o_group_config button`,
        },
        { content: "Choose from them", trigger: `.o-dropdown--menu ${item}`, run: "click" },
    ];
}

tours.add("crm_suite_stages", {
    steps: () => [
        ...openPipeline(),
        { trigger: card("Deal of Mara") },
        {
            content: "Add a stage",
            trigger: ".o_column_quick_create.o_quick_create_folded div",
            run: "click",
        },
        { trigger: ".o_column_quick_create input", run: "edit Demo" },
        { trigger: ".o_column_quick_create .o_kanban_add", run: "click" },
        { content: "It stands at the end", trigger: `${column("Demo")}` },
        ...settingsOf("Demo", ".o_group_edit"),
        {
            content: "Rename it",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Demo given",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            content: "Drag it before Qualified",
            trigger: `${column("Demo given")} .o_column_title`,
            run: `drag_and_drop (${column("Qualified")})`,
        },
        {
            trigger: `.o_kanban_group:nth-child(2):has(.o_column_title:contains("Demo given"))`,
        },
        ...settingsOf("Proposition", ".o_kanban_toggle_fold"),
        {
            content: "Folded here and now",
            trigger: `.o_kanban_group.o_column_folded:contains("Proposition")`,
        },
        ...settingsOf("Qualified", ".o_group_edit"),
        {
            content: "Folded for everyone",
            trigger: ".modal .o_field_widget[name=fold] input",
            run: "click",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("crm_suite_quick_create", {
    steps: () => [
        ...openPipeline(),
        {
            content: "A stage of another team does not show",
            trigger: `.o_opportunity_kanban:not(:has(.o_column_title:contains("Tender")))`,
        },
        { trigger: ".o-kanban-button-new", run: "click" },
        {
            trigger: ".o_kanban_quick_create .o_field_widget[name=name] input",
            run: "edit Ten forklifts",
        },
        {
            trigger: ".o_kanban_quick_create .o_field_widget[name=email_from] input",
            run: "edit buyer@warehouse.example.com",
        },
        {
            trigger: ".o_kanban_quick_create .o_field_widget[name=expected_revenue] input",
            run: "edit 25000",
        },
        { trigger: ".o_kanban_quick_create .o_kanban_add", run: "click" },
        {
            content: "It stands in the first stage; drag it on",
            trigger: `${column("New")} ${card("Ten forklifts")}`,
            run: `drag_and_drop (${column("Qualified")})`,
        },
        { trigger: `${column("Qualified")} ${card("Ten forklifts")}` },
    ],
});

tours.add("crm_suite_stage_of_team", {
    steps: () => [
        ...openPipeline(),
        {
            content: "The common stages and the team's own",
            trigger: `.o_opportunity_kanban:has(.o_column_title:contains("New")) ${column("Tender")}`,
        },
        { trigger: card("Deal of Erik"), run: `drag_and_drop (${column("Tender")})` },
        { trigger: `${column("Tender")} ${card("Deal of Erik")}` },
    ],
});
