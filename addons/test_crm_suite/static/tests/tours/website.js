import { clickOnSave, registerWebsitePreviewTour } from "@website/js/tours/tour_utils";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function setOption(label, choice) {
    return [
        {
            content: `Open ${label}`,
            trigger: `.o-snippets-menu [data-container-title='Block'] [data-label='${label}'] .dropdown-toggle`,
            run: "click",
        },
        {
            content: `Choose ${choice}`,
            trigger: `.o_popover [data-action-id]:contains('${choice}')`,
            run: "click",
        },
        {
            content: `${choice} is chosen`,
            trigger: `.o-snippets-menu [data-container-title='Block'] [data-label='${label}'] .dropdown-toggle:contains('${choice}')`,
        },
    ];
}

registerWebsitePreviewTour("crm_suite_form_setup", { url: "/contactus", edition: true }, () => [
    {
        content: "Select the contact form",
        trigger: ":iframe #wrap.o_editable section.s_website_form",
        run: "click",
    },
    { trigger: ".o-snippets-menu .o-snippets-tabs [data-name='customize'].active" },
    ...setOption("Action", "Create an Opportunity"),
    ...setOption("Sales Team", "Enterprise"),
    ...setOption("Salesperson", "Erik Enterprise"),
    ...clickOnSave(),
    { trigger: ":iframe section.s_website_form form[data-model_name='crm.lead']" },
]);

tours.add("crm_suite_form_visitor", {
    steps: () => [
        { trigger: "input[name=contact_name]", run: "edit Vera Visitor" },
        { trigger: "input[name=phone]", run: "edit +32 2 290 34 90" },
        { trigger: "input[name=email_from]", run: "edit vera@visitor.example.com" },
        { trigger: "input[name=partner_name]", run: "edit Visitor Ltd" },
        { trigger: "input[name=name]", run: "edit Prices for forty seats" },
        { trigger: "textarea[name=description]", run: "edit Please call me next week." },
        { trigger: ".s_website_form_send", run: "click", expectUnloadPage: true },
        { content: "Thanks for writing", trigger: "#wrap:has(h1:contains('Thank You!'))" },
    ],
});

tours.add("crm_suite_survey_visitor", {
    steps: () => [
        { trigger: 'button.btn:contains("Start")', run: "click" },
        {
            trigger:
                'div.js_question-wrapper:contains("When do you buy?") label:contains("This quarter")',
            run: "click",
        },
        {
            trigger: 'div.js_question-wrapper:contains("Your e-mail") input',
            run: "edit sven@survey.example.com",
        },
        { trigger: 'div.js_question-wrapper:contains("Your name") input', run: "edit Sven Survey" },
        { trigger: 'button[value="finish"]', run: "click" },
        { trigger: ".modal button:contains(Submit)", run: "click" },
        { content: "It is done", trigger: ".o_survey_finished" },
    ],
});
