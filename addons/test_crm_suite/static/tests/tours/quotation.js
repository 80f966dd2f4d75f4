import { registry } from "@web/core/registry";
import { openMenu, openPipeline, card } from "@test_crm_suite/../tests/tours/steps";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

tours.add("crm_suite_quotation", {
    steps: () => [
        ...openPipeline(),
        { trigger: card("Deal with an offer"), run: "click" },
        { trigger: "button[name=action_sale_quotations_new]", run: "click" },
        { trigger: ".o_form_view.o_sale_order" },
        { trigger: 'a:contains("Add a product")', run: "click" },
        { trigger: "div[name=product_template_id] input", run: "edit Suite forklift" },
        { trigger: '.o-autocomplete--dropdown-item:contains("Suite forklift")', run: "click" },
        { content: "Leave the line", trigger: "a[name=order_lines]", run: "click" },
        ...stepUtils.saveForm(),
        { trigger: ".o_statusbar_buttons button[name=action_quotation_send]", run: "click" },
        { content: "By e-mail", trigger: ".modal button.o_mail_send", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Quotation Sent)" },
        { content: "Back to the opportunity", trigger: ".o_back_button", run: "click" },
        {
            content: "It is counted there",
            trigger: "button[name=action_view_sale_quotation]:contains(1)",
        },
        ...openMenu("crm.crm_menu_sales", "sale_crm.sale_order_menu_quotations_crm"),
        {
            content: "It is among my quotations",
            trigger: '.o_data_row:contains("Quincy Quotation") .o_data_cell[name=name]',
            run: "click",
        },
        { trigger: ".o_statusbar_buttons button[name=action_confirm]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Sales Order)" },
    ],
});

tours.add("crm_suite_invoice", {
    steps: () => [
        { trigger: ".o_statusbar_buttons button:contains(Create Invoice)", run: "click" },
        { trigger: ".modal button[name=create_invoices]", run: "click" },
        { trigger: ".o_statusbar_buttons button[name=action_post]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Posted)" },
        { trigger: ".o_statusbar_buttons button[name=action_register_payment]", run: "click" },
        { trigger: ".modal button[name=action_create_payments]", run: "click" },
        { trigger: ".o_widget_web_ribbon span:contains(Paid)" },
    ],
});
