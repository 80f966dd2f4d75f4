import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

const inColumn = (selector) =>
    `.o_kanban_group:has(.o_column_title:contains(Tour column)) ${selector}`;

const openGearOfColumn = [
    {
        content: "open the column's gear menu, which shows on hover",
        trigger: inColumn(".o_kanban_header"),
        run: `hover && click ${inColumn(".o_group_config button")}`,
    },
];

tours.add("crm_core_archive_column", {
    steps: () => [
        {
            content: "the column shows three deals",
            trigger: inColumn(".o_kanban_record:contains(Tour deal 2)"),
        },
        ...openGearOfColumn,
        { trigger: ".o_crm_core_archive_group", run: "click" },
        { content: "it says how many", trigger: ".modal p:contains(3)" },
        { trigger: ".modal [name=note] textarea", run: "edit No answer since spring" },
        { trigger: ".modal button[name=action_apply]:contains(Archive All)", run: "click" },
        {
            content: "the column is empty",
            trigger: `body:not(:has(.modal)):not(:has(${inColumn(".o_kanban_record")}))`,
        },
        { content: "take it back", trigger: ".o_notification button:contains(Undo)", run: "click" },
        {
            content: "the deals are back",
            trigger: inColumn(".o_kanban_record:contains(Tour deal 0)"),
        },
    ],
});

tours.add("crm_core_restore_column", {
    steps: () => [
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_menu_item:contains(Lost)", run: "click" },
        { trigger: inColumn(".o_kanban_record:contains(Tour deal 1)") },
        {
            content: "close the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        ...openGearOfColumn,
        { trigger: ".o_crm_core_restore_group", run: "click" },
        { trigger: ".modal button[name=action_apply]:contains(Restore All)", run: "click" },
        { trigger: ".o_notification:contains(restored)" },
    ],
});

tours.add("crm_core_lost_reason", {
    steps: () => [
        { trigger: ".o_statusbar_buttons button:contains(Lost)", run: "click" },
        { trigger: ".modal .o_field_widget[name=new_reason] input", run: "edit Bought a horse" },
        { trigger: ".modal button[name=action_lost_reason_apply]", run: "click" },
        { content: "it is lost for that reason", trigger: ".ribbon:contains(Lost)" },
    ],
});

tours.add("crm_core_stages_menu", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root"),
        { trigger: 'button[data-menu-xmlid="crm.crm_menu_config"]', run: "click" },
        { trigger: 'a[data-menu-xmlid="crm.menu_crm_lead_stage_act"]', run: "click" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Tour stage" },
        ...stepUtils.saveForm(),
    ],
});

tours.add("crm_core_leads_management", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root"),
        { trigger: 'button[data-menu-xmlid="crm_core.leads_management_menu"]', run: "click" },
        { trigger: 'a[data-menu-xmlid="crm_core.crm_team_assignment_menu"]', run: "click" },
        {
            content: "a line per team",
            trigger: ".o_data_row:contains(North) td[name=lead_matching_count]",
        },
        { trigger: 'button[data-menu-xmlid="crm_core.leads_management_menu"]', run: "click" },
        { trigger: 'a[data-menu-xmlid="crm_core.crm_team_member_assignment_menu"]', run: "click" },
        { trigger: ".o_group_header:contains(North)", run: "click" },
        { trigger: ".o_data_row:contains(Olga) td[name=user_id]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=assignment_max] input", run: "edit 12" },
        ...stepUtils.saveForm(),
    ],
});

tours.add("crm_core_ready_process", {
    steps: () => [
        { trigger: "button[name=action_start_process]", run: "click" },
        { trigger: ".modal .o_field_widget[name=process_id] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Enterprise)", run: "click" },
        {
            content: "the preview names it",
            trigger: ".modal .o_data_row:contains(Negotiation):contains(Will be added)",
        },
        { trigger: ".modal .o_data_row:contains(Won):contains(stays as it is)" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: ".o_notification:contains(now follows)" },
    ],
});

tours.add("crm_core_phone_note", {
    steps: () => [
        { trigger: ".o_crm_core_quick_note", run: "click" },
        {
            trigger: ".o_crm_core_quick_note_form input",
            run: "edit Tour caller wants prices, caller@example.com",
        },
        { trigger: ".o_crm_core_quick_note_form button:enabled", run: "click" },
        { trigger: ".o_notification:contains(Tour caller wants prices)" },
    ],
});

tours.add("crm_core_leader_reassigns", {
    steps: () => [
        { trigger: ".o_field_widget[name=user_id] input", run: "click" },
        { trigger: ".o_field_widget[name=user_id] input", run: "edit Otto" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Otto)", run: "click" },
        ...stepUtils.saveForm(),
    ],
});

tours.add("crm_core_meeting_from_lead", {
    steps: () => [
        { trigger: "button[name=action_schedule_meeting]", run: "click" },
        { content: "the calendar opens", trigger: ".o_calendar_view" },
    ],
});
