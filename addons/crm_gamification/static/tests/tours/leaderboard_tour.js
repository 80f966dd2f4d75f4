import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("crm_gamification_leaderboard", {
    steps: () => [
        {
            content: "my place is on the board",
            trigger: ".o_crm_gamification_me:contains(Olga)",
        },
        {
            content: "go to teams",
            trigger: ".o_crm_gamification_by",
            run: "select team",
        },
        {
            content: "North is ahead",
            trigger: ".o_crm_gamification_podium li:first-child:contains(North)",
        },
        {
            content: "back to people",
            trigger: ".o_crm_gamification_by",
            run: "select person",
        },
        {
            content: "people again",
            trigger: ".o_crm_gamification_me:contains(Olga)",
        },
        {
            content: "put it on the wall",
            trigger: ".o_crm_gamification_open_wall",
            run: "click",
        },
        {
            content: "leave the wall",
            trigger: ".o_crm_gamification_wall .o_crm_gamification_podium li:contains(Olga)",
            run: "press Escape",
        },
        {
            content: "open my deals",
            trigger:
                "body:not(:has(.o_crm_gamification_wall)) .o_crm_gamification_me .o_crm_gamification_open",
            run: "click",
        },
        {
            content: "the very deals",
            trigger: ".o_list_view .o_data_row:contains(Deal)",
        },
    ],
});
