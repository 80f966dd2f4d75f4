import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function said(text) {
    return {
        content: `It stands in the history: ${text}`,
        trigger: `.o-mail-Message:contains("${text}")`,
    };
}

tours.add("crm_suite_conversation", {
    steps: () => [
        { content: "Write an e-mail", trigger: ".o-mail-Chatter-sendMessage", run: "click" },
        { trigger: ".o-mail-Composer-input", run: "edit Our offer follows today." },
        { trigger: ".o-mail-Composer-send:enabled", run: "click" },
        said("Our offer follows today."),
        {
            content: "Send a text message",
            trigger: ".o_field_widget[name=phone]",
            run: "hover && click .o_field_widget[name=phone] .o_field_phone_sms",
        },
        {
            trigger: ".modal .o_field_widget[name=body] textarea",
            run: "edit Shall I call at ten?",
        },
        { trigger: ".modal button[name=action_send_sms]", run: "click" },
        said("Shall I call at ten?"),
        {
            content: "Note a visit that took place",
            trigger: ".o-mail-Chatter-activity",
            run: "click",
        },
        { trigger: '.modal .o_selection_badge:contains("Suite visit")', run: "click" },
        {
            trigger: ".modal .o_field_widget[name=summary] input",
            run: "edit Walked through the plant",
        },
        { trigger: ".modal button[name=action_schedule_activities_done]", run: "click" },
        said("Walked through the plant"),
        {
            content: "All of it in one place",
            trigger: '.o-mail-Message:contains("Carla Customer")',
        },
    ],
});
