import { registry } from "@web/core/registry";

const CARD = ".o_kanban_record:contains(north_olga)";
const badge = (state) => `.o_form_view .o_field_widget[name=attention_state]:contains(${state})`;
const backToPipeline = { trigger: ".o_breadcrumb a:contains(Pipeline)", run: "click" };

function filterBy(name) {
    return [
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: `.o_filter_menu .o_menu_item:text(${name})`, run: "click" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
    ];
}

registry.category("web_tour.tours").add("crm_core_sleep", {
    steps: () => [
        {
            content: "the pipeline opens without sleeping leads",
            trigger: ".o_searchview_facet:contains(Not Sleeping)",
        },
        { trigger: CARD, run: "click" },
        { trigger: badge("No Next Step") },
        { trigger: "button[name=action_sleep]", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit New budget" },
        { trigger: ".modal .o_field_widget[name=until] input", run: "edit 12/31/2099" },
        { trigger: ".modal button[name=action_sleep]", run: "click" },
        { trigger: badge("Sleeping") },
        backToPipeline,
        {
            content: "it is gone, the other one is still there",
            trigger: `.o_kanban_view:not(:has(${CARD})):has(.o_kanban_record:contains(awake))`,
        },
        ...filterBy("Not Sleeping"),
        ...filterBy("Sleeping"),
        {
            trigger: `.o_kanban_view:not(:has(.o_kanban_record:contains(awake))) ${CARD}`,
            run: "click",
        },
        { trigger: "button[name=action_wake]", run: "click" },
        { content: "its activity stays planned", trigger: badge("On Track") },
        backToPipeline,
        { trigger: `.o_kanban_view:not(:has(${CARD}))` },
        ...filterBy("Sleeping"),
        ...filterBy("Not Sleeping"),
        { trigger: CARD },
    ],
});
