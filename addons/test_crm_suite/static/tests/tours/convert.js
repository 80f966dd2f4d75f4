import { registry } from "@web/core/registry";
import { choose } from "@test_crm_suite/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

function openConversion() {
    return [
        { trigger: ".o_statusbar_buttons button:contains(Convert to Opportunity)", run: "click" },
        { trigger: ".modal .o_field_widget[name=name] .o_radio_item" },
    ];
}

function how(value) {
    return [
        {
            trigger: `.modal .o_field_widget input.o_radio_input[data-value=${value}]`,
            run: "click",
        },
        { trigger: `.modal .o_field_widget input.o_radio_input[data-value=${value}]:checked` },
    ];
}

const apply = { trigger: ".modal button[name=action_apply]", run: "click" };
const opened = {
    content: "The opportunity is open",
    trigger: ".o_lead_opportunity_form button[name=action_set_won_rainbowman]",
};

tours.add("crm_suite_convert_create", {
    steps: () => [
        ...openConversion(),
        ...how("convert"),
        ...choose("user_id", "Erik Enterprise", ".modal"),
        {
            content: "The team follows the salesperson",
            trigger: ".modal .o_field_widget[name=team_id] input:value(Enterprise)",
        },
        ...how("create"),
        apply,
        opened,
    ],
});

tours.add("crm_suite_convert_link", {
    steps: () => [
        ...openConversion(),
        ...how("convert"),
        {
            content: "The known customer is offered",
            trigger: ".modal .o_field_widget[name=partner_id] input:value(Known Customer)",
        },
        ...choose("team_id", "Enterprise", ".modal"),
        apply,
        opened,
    ],
});

tours.add("crm_suite_convert_merge", {
    steps: () => [
        ...openConversion(),
        {
            content: "Merging is proposed, with what exists",
            trigger: ".modal input.o_radio_input[data-value=merge]:checked",
        },
        { trigger: '.modal .o_field_widget[name=duplicated_lead_ids]:contains("Earlier talks")' },
        apply,
        opened,
    ],
});
