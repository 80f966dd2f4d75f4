import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const team = (name) => `.o_data_row:contains(${name})`;

tours.add("crm_assignment_try_and_switch_on", {
    steps: () => [
        { trigger: "[data-menu-xmlid='crm_core.leads_management_menu']", run: "click" },
        { trigger: "[data-menu-xmlid='crm_core.crm_team_assignment_menu']", run: "click" },
        { trigger: `${team("South")} td[name=name]`, run: "click" },
        {
            content: "a team on Odoo's way says so and offers to try",
            trigger: ".o_form_view .alert:contains(as Odoo does)",
        },
        { trigger: ".o_form_view button[name=action_try_assignment]:visible", run: "click" },
        { trigger: ".modal button[name=action_try]", run: "click" },
        { trigger: ".modal .o_data_row:contains(Sara)" },
        { trigger: ".modal button[name=action_switch_on]", run: "click" },
        {
            content: "the page is read anew: the team now shares out by the method",
            trigger: ".o_form_view button[name=action_run_assignment]:visible",
            run: "click",
        },
        { content: "the run is under way", trigger: ".o_crm_assignment_progress" },
        { trigger: "button[name=action_stop]", run: "click" },
        {
            trigger:
                ".o_statusbar_status:contains(Stopped), .o_arrow_button_current:contains(Stopped)",
        },
    ],
});

tours.add("crm_assignment_why", {
    steps: () => [
        { trigger: ".o_form_view button[name=action_why]", run: "click" },
        { trigger: ".modal .o_crm_assignment_why h3:contains(Given to Olga)" },
        { trigger: ".modal .o_crm_assignment_reason:contains(Next in turn)" },
        { trigger: ".modal .o_crm_assignment_member:contains(Otto)" },
    ],
});

tours.add("crm_assignment_reassign", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(lead 0)" },
        { trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_cp_action_menus .dropdown-toggle", run: "click" },
        { trigger: ".o-dropdown--menu .o_menu_item:contains(Reassign)", run: "click" },
        { trigger: ".modal .o_field_widget[name=user_ids] input", run: "edit Olga" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Olga)", run: "click" },
        { trigger: ".modal button[name=action_reassign]", run: "click" },
        { trigger: ".o_form_view .oe_stat_button:contains(Given):contains(2)" },
        { trigger: "button[name=action_undo]", run: "click" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { trigger: ".o_notification:contains(2 leads are back)" },
    ],
});

tours.add("crm_assignment_settings", {
    steps: () => [
        {
            content: "the way to the teams stands beside it",
            trigger: ".o_setting_box[id=crm_assignment_methods] button",
        },
        { trigger: ".o_setting_box[id=crm_assignment_paused] input[type=checkbox]", run: "click" },
        { trigger: ".o_dirty_warning" },
        { trigger: "button.o_form_button_save", run: "click", expectUnloadPage: true },
        { trigger: ".o_setting_box[id=crm_assignment_paused] input:checked" },
    ],
});
