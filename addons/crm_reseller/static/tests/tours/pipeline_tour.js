import { registry } from "@web/core/registry";

const column = (name) => `.o_crm_reseller_column:has(h2:contains(${name} of the test))`;
// what is still loading when a form is sent would be told as an error
const MESSAGES = { trigger: "#chatterRoot:shadow .o-mail-Composer-input" };
const CARD = ".o_crm_reseller_card:contains(Deal of Paul)";

registry.category("web_tour.tours").add("crm_reseller_pipeline", {
    steps: () => [
        {
            content: "drag it to the next stage",
            trigger: `${column("First")} ${CARD}`,
            run: `drag_and_drop ${column("Second")} .text-muted`,
        },
        {
            content: "it stands there, counted, and the page was not loaded again",
            trigger: `${column("Second")}:has(.badge:contains(1)) ${CARD} a`,
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".badge:contains(Second of the test)" },
        MESSAGES,
        { trigger: "details:has(form[action$='/won']) summary", run: "click" },
        {
            content: "without a proof it is not won",
            trigger: "form[action$='/won'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-warning:contains(order's number)" },
        MESSAGES,
        { trigger: "details:has(form[action$='/won']) summary", run: "click" },
        { trigger: "form[action$='/won'] input[name=order]", run: "edit S00042" },
        {
            trigger: "form[action$='/won'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-info:contains(won already)" },
        MESSAGES,
    ],
});
