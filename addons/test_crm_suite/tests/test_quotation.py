from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import SuiteCase

# the smallest picture that a signature may be: one transparent point
SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


class QuotationCase(SuiteCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.env.company, install_demo=False)
        cls.clerk = cls._make_user(
            "suite_clerk",
            "Clara Clerk",
            "account.group_account_invoice,sales_team.group_sale_salesman_all_leads",
        )
        cls.product = cls.env["product.product"].create(
            {
                "name": "Suite forklift",
                "list_price": 1000,
                "invoice_policy": "order",
                "type": "service",
                "taxes_id": False,
            }
        )
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Quincy Quotation",
                "email": "quincy@customer.example.com",
            }
        )
        cls.deal = cls._make_opportunity("Deal with an offer", cls.otto, partner_id=cls.customer.id)

    def _make_order(self):
        return (
            self.env["sale.order"]
            .with_user(self.otto)
            .create(
                {
                    "partner_id": self.customer.id,
                    "opportunity_id": self.deal.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                    "require_signature": True,
                    "require_payment": False,
                }
            )
        )


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestQuotation(QuotationCase):
    def test_from_the_opportunity_to_the_order(self):
        """F38: from an opportunity to a quotation, sent by e-mail, listed under My Quotations, and to the order."""
        with self.mock_mail_gateway():
            self.start_tour("/odoo", "crm_suite_quotation", login=self.otto.login)
        order = self.deal.order_ids
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sale",
                    "partner_id": self.customer.id,
                    "user_id": self.otto.id,
                    "amount_total": 1000,
                    "team_id": self.small_business.id,
                }
            ],
        )
        self.assertIn(self.customer, order.message_ids.partner_ids)
        self.assertEqual(self.deal.sale_amount_total, 1000)

    def test_invoice_and_payment(self):
        """F38: the order is invoiced and the payment registered."""
        order = self._make_order()
        order.action_confirm()
        self.start_tour(
            f"/odoo/action-sale.action_orders/{order.id}",
            "crm_suite_invoice",
            login=self.clerk.login,
        )
        self.assertRecordValues(order.invoice_ids, [{"state": "posted", "amount_total": 1000, "amount_residual": 0}])


@tagged("post_install", "-at_install")
class TestSignature(QuotationCase):
    def test_customer_signs(self):
        """F38: the customer signs the quotation on the web: it becomes an order that bears the signature."""
        order = self._make_order()
        order.action_quotation_sent()
        self.make_jsonrpc_request(
            order.get_portal_url(suffix="/accept"),
            {"name": "Quincy Quotation", "signature": SIGNATURE},
        )
        self.assertRecordValues(order, [{"state": "sale", "signed_by": "Quincy Quotation"}])
        self.assertTrue(order.signature)

    def test_nobody_else_signs(self):
        """F38: without the quotation's own token nobody signs."""
        order = self._make_order()
        order.action_quotation_sent()
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"name": "Mallory", "signature": SIGNATURE, "access_token": "wrong"},
        )
        self.assertIn("error", answer)
        self.assertEqual(order.state, "sent")
