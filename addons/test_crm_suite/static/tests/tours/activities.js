import { registry } from "@web/core/registry";
import { card, choose, openMenu, openPipeline } from "@test_crm_suite/../tests/tours/steps";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

function finish(name, feedback) {
    return [
        {
            content: `Finish ${name}`,
            trigger: `.o-mail-Activity:contains("${name}") .o-mail-Activity-markDone`,
            run: "click",
        },
        { trigger: ".o-mail-ActivityMarkAsDone textarea", run: `edit ${feedback}` },
        {
            trigger: ".o-mail-ActivityMarkAsDone button[aria-label='Done and Schedule Next']",
            run: "click",
        },
    ];
}

tours.add("crm_suite_activity_chain", {
    steps: () => [
        ...openPipeline(),
        {
            content: "Late is red",
            trigger: `${card("Chain of steps")} .o-mail-ActivityButton .text-danger`,
        },
        {
            content: "Due today is amber",
            trigger: `${card("Visit today")} .o-mail-ActivityButton .text-warning`,
        },
        { trigger: card("Chain of steps"), run: "click" },
        ...finish("Suite demo call", "They liked it"),
        {
            content: "The next step is suggested",
            trigger: `.modal [name=recommended_activity_type_id] .o_selection_badge:contains("Suite quote")`,
            run: "click",
        },
        { trigger: `.modal .o_field_widget[name=summary] input:value("Suite quote")` },
        { trigger: ".modal-footer button:contains(Schedule)", run: "click" },
        {
            content: "... and planned",
            trigger: `.o-mail-Activity:contains("Suite quote")`,
        },
        { trigger: ".o_back_button", run: "click" },
        { trigger: card("Visit today"), run: "click" },
        ...finish("Suite visit", "Seen the plant"),
        {
            content: "The thank-you note comes by itself",
            trigger: `.o-mail-Activity:contains("Suite thanks")`,
        },
    ],
});

tours.add("crm_suite_meeting", {
    steps: () => [
        { trigger: "button[name=action_schedule_meeting]", run: "click" },
        { content: "The calendar opens", trigger: ".o_calendar_view .o_calendar_renderer" },
        { trigger: ".o-calendar-button-new, .o_calendar_button_new", run: "click" },
        {
            trigger: ".o_form_view .o_field_widget[name=name] input",
            run: "edit Plant tour",
        },
        ...stepUtils.saveForm(),
        { trigger: ".o_form_view .o_field_widget[name=name] input:value(Plant tour)" },
    ],
});

tours.add("crm_suite_activity_type", {
    steps: () => [
        ...openPipeline(),
        ...openMenu("crm.crm_menu_config", "crm.crm_team_menu_config_activity_types"),
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "edit Call for demo",
        },
        ...choose("suggested_next_type_ids", "Suite quote"),
        { trigger: ".o_field_widget[name=suggested_next_type_ids] .o_tag:contains(Suite quote)" },
        ...stepUtils.saveForm(),
    ],
});

tours.add("crm_suite_my_activities", {
    steps: () => [
        ...openPipeline(),
        ...openMenu("crm.crm_menu_sales", "crm.crm_lead_menu_my_activities"),
        {
            content: "Late comes first",
            trigger: `.o_data_row:nth-child(1):contains("Visit late")`,
        },
        { content: "... then today", trigger: `.o_data_row:nth-child(2):contains("Visit today")` },
        {
            content: "... then the future",
            trigger: `.o_data_row:nth-child(3):contains("Visit later")`,
        },
        {
            content: "From anywhere",
            trigger: ".o_menu_systray .dropdown-toggle:has(.fa-clock-o)",
            run: "click",
        },
        {
            content: "One late, one today, one in future",
            trigger: `.o-mail-ActivityGroup:contains("Lead"):contains("1 Late"):contains("1 Today"):contains("1 Future")`,
            run: "click",
        },
        { trigger: ".o_view_controller .o_content:contains('Visit late')" },
    ],
});
