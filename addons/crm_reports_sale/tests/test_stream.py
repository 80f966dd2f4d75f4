from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_reports.tests.stream_common import StreamCase


@tagged("post_install", "-at_install")
class TestSaleStream(StreamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls.env["product.product"].create({"name": "Thing", "taxes_id": False})
        cls.orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": cls.customer.id, "team_id": cls.team.id, "user_id": cls.manager.id,
                    "order_line": [Command.create({"product_id": product.id, "price_unit": price})],
                }
                for price in (100, 30, 7)
            ]
        )  # fmt: skip
        confirmed = cls.orders[:2]
        confirmed.action_confirm()
        cls.orders[0].date_order = "2026-03-10 12:00:00"
        cls.orders[1].date_order = "2026-02-10 12:00:00"

    def test_orders(self):
        """Confirmed orders of the month and of the month before; quotations don't count."""
        row = self._streams()["Orders"]
        self.assertEqual(row["cells"][1:], ["1", self._money(100), self._money(30), self._money(0)])
        self.assertEqual(self._behind(row), self.orders[0])

    def test_invoices(self):
        """Invoices are there for who may read them, and left out for who may not."""
        may, may_not = (
            self._streams(self.env.ref("base.user_admin")),
            self._streams(new_test_user(self.env, login="stream_own", groups="sales_team.group_sale_salesman")),
        )
        self.assertEqual("Invoices" in may, self.env["account.move"].with_user(2).has_access("read"))
        self.assertIn("Orders", may_not)
