from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_reports.tests.stream_common import StreamCase


@tagged("post_install", "-at_install")
class TestPurchaseStream(StreamCase):
    @classmethod
    def _groups(cls):
        return [*super()._groups(), "purchase.group_purchase_user"]

    def test_purchases_are_a_cost(self):
        """A confirmed purchase of a member is shown beside the streams, said to be a cost; others' are not."""
        self.env["crm.team.member"].create({"crm_team_id": self.team.id, "user_id": self.manager.id})
        other = new_test_user(self.env, login="stream_other", groups="purchase.group_purchase_user")
        product = self.env["product.product"].create({"name": "Thing", "supplier_taxes_id": False})
        orders = self.env["purchase.order"].create(
            [
                {
                    "partner_id": self.customer.id, "user_id": user.id,
                    "order_line": [Command.create({"product_id": product.id, "price_unit": 60, "product_qty": 1})],
                }
                for user in (self.manager, other)
            ]
        )  # fmt: skip
        orders.button_confirm()
        orders.date_approve = "2026-03-10 12:00:00"
        row = self._streams()["Purchases (cost)"]
        self.assertEqual(row["cells"][1:3], ["1", self._money(60)])
        self.assertEqual(self._behind(row), orders[0])
