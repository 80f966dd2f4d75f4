from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestAttributionInvoiced(AccountTestInvoicingCommon):
    """With the setting on, what is invoiced on a deal's orders is shared out, not what was expected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Won and invoiced", "type": "opportunity", "expected_revenue": 999,
                "partner_id": cls.partner_a.id, "company_id": cls.env.company.id,
                "source_id": cls.env["utm.source"].create({"name": "Fair"}).id,
            }
        )  # fmt: skip
        cls.lead.action_set_won()
        cls.env.flush_all()
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.partner_a.id,
                "opportunity_id": cls.lead.id,
                "order_line": [
                    Command.create(
                        {"product_id": cls.product_a.id, "product_uom_qty": 3, "price_unit": 33.35, "tax_ids": False}
                    )
                ],
            }
        )
        cls.order.action_confirm()
        cls.shares = cls.env["crm.attribution.share"]

    def _sums(self):
        self.shares._share_out(self.lead.ids)
        rows = self.shares.search([("lead_id", "=", self.lead.id)])
        return round(sum(rows.mapped("amount_linear")), 2), round(sum(rows.mapped("amount_first")), 2)

    def test_invoiced(self):
        """Nothing before an invoice is posted, its untaxed sum after, less once part of it is credited."""
        self.assertEqual(self._sums(), (999, 999))
        self.env["ir.config_parameter"].set_param("crm_reports_sale.attribution_invoiced", "True")
        self.assertEqual(self._sums(), (0, 0))
        self.order.order_line.qty_delivered = 3
        invoice = self.order._create_invoices()
        self.assertEqual(self._sums(), (0, 0))
        invoice.action_post()
        self.assertEqual(self._sums(), (100.05, 100.05))
        refund = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        self.assertEqual(self._sums(), (66.7, 66.7))

    def test_followed(self):
        """The job notices an invoice that was posted since it last looked."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_reports.attribution", "True")
        parameters.set_param("crm_reports_sale.attribution_invoiced", "True")
        self.assertEqual(self._sums(), (0, 0))
        self.order.order_line.qty_delivered = 3
        self.order._create_invoices().action_post()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_reports.ir_cron_attribution").method_direct_trigger()
        self.env.invalidate_all()
        rows = self.shares.search([("lead_id", "=", self.lead.id)])
        self.assertEqual(round(sum(rows.mapped("amount_linear")), 2), 100.05)
