import { registry } from "@web/core/registry";
import { choose, openMenu, openPipeline } from "@test_crm_suite/../tests/tours/steps";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

tours.add("crm_suite_challenge", {
    steps: () => [
        ...openPipeline(),
        ...openMenu(
            "crm_gamification.crm_gamification_menu",
            "crm_gamification.gamification_challenge_menu",
        ),
        { trigger: ".o_breadcrumb:contains(Challenges)" },
        { trigger: ".o-kanban-button-new", run: "click" },
        {
            trigger: ".o_form_view .o_field_widget[name=name] input",
            run: "edit Who closes the most deals?",
        },
        { content: "A goal", trigger: ".o_field_x2many_list_row_add a", run: "click" },
        ...choose("definition_id", "Deals won in the suite"),
        {
            content:
                "More than anybody has: who has reached it no longer stands among the running ones",
            trigger: ".o_selected_row .o_field_widget[name=target_goal] input",
            run: "edit 3",
        },
        { content: "A reward", trigger: ".o_notebook a[name=reward]", run: "click" },
        ...choose("reward_id", "Closer of the month"),
        { trigger: ".o_field_widget[name=reward_id] input:value(Closer of the month)" },
        ...stepUtils.saveForm(),
        { trigger: ".o_statusbar_buttons button[name=action_start]", run: "click" },
        { trigger: ".o_statusbar_buttons button[name=action_check]" },
        {
            content: "Who stands where",
            trigger: ".oe_stat_button:contains(Related Goals)",
            run: "click",
        },
        { trigger: '.o_kanban_record:contains("Otto Own"):contains("2")' },
        { trigger: '.o_kanban_record:contains("Erik Enterprise"):contains("1")' },
    ],
});
