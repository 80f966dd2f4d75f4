import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_gamification_gallery", {
    steps: () => [
        {
            content: "first click: use the first ready challenge",
            trigger:
                ".o_kanban_record:contains('Who closes the most deals?') button[name=action_use]",
            run: "click",
        },
        {
            content: "it says how last month would have ended, without another click",
            trigger: ".modal .o_field_widget[name=preview] td:contains(Otto)",
        },
        {
            content: "second click: start",
            trigger: ".modal button[name=action_start]",
            run: "click",
        },
        {
            content: "the challenge runs",
            trigger:
                ".o_form_view .o_field_widget[name=state] button[aria-checked=true]:contains('In Progress')",
        },
    ],
});
