import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const openCog = [
    { trigger: ".o_cp_action_menus .dropdown-toggle", run: "click" },
    { trigger: ".o_crm_mail_this_view", run: "click" },
];

tours.add("crm_reports_mail_pivot", {
    steps: () => [
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot_view .o_pivot" },
        ...openCog,
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit My pipeline" },
        { trigger: ".modal button[name=action_preview]", run: "click" },
        { trigger: ".modal .o_field_widget[name=preview]:contains(My pipeline)" },
        { trigger: ".modal button[name=action_back]", run: "click" },
        { trigger: ".modal .o_field_widget[name=has_limit] input", run: "click" },
        { trigger: ".modal .o_field_widget[name=limit_measure] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Prorated Revenue)", run: "click" },
        { trigger: ".modal .o_field_widget[name=limit_value] input", run: "edit 1000" },
        { trigger: ".modal button[name=action_switch_on]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_pivot_view" },
    ],
});

tours.add("crm_reports_mail_list", {
    steps: () => [
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_list_view .o_list_table" },
        ...openCog,
        { trigger: ".modal .o_field_widget[name=recipient_ids]:contains(Olga)" },
        { trigger: ".modal .o_field_widget[name=file_format] input:checked" },
        { trigger: ".modal button[name=action_switch_on]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_list_view" },
    ],
});

tours.add("crm_reports_mail_link", {
    steps: () => [
        { trigger: ".o_pivot_view .o_pivot:contains(North)" },
        { trigger: ".o_breadcrumb:contains(Leads by team)" },
    ],
});
