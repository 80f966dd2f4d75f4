from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_reports.tests.stream_common import StreamCase


@tagged("post_install", "-at_install")
class TestShopStream(StreamCase):
    def test_shop_is_apart(self):
        """An order of the shop counts as one of the shop, and is not among those that salespeople made."""
        website = self.env["website"].search([], limit=1)
        product = self.env["product.product"].create({"name": "Thing", "taxes_id": False})
        of_shop, by_hand = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id, "team_id": self.team.id, "website_id": site,
                    "order_line": [Command.create({"product_id": product.id, "price_unit": price})],
                }
                for site, price in ((website.id, 40), (False, 2))
            ]
        )  # fmt: skip
        (of_shop + by_hand).action_confirm()
        # an order of the shop takes its team from the website
        (of_shop + by_hand).write({"date_order": "2026-03-10 12:00:00", "team_id": self.team.id})
        streams = self._streams()
        self.assertEqual(self._behind(streams["Online Shop"]), of_shop)
        self.assertEqual(self._behind(streams["Orders"]), by_hand)
        self.assertEqual(streams["Online Shop"]["cells"][2], self._money(40))
