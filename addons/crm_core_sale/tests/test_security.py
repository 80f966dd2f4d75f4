from odoo.tests import tagged

from odoo.addons.crm_core.tests.common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestOrderAccess(CrmCoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        customer = cls.env["res.partner"].create({"name": "Customer"})
        product = cls.env["product.product"].create({"name": "Thing", "list_price": 10})
        cls.orders = cls.env["sale.order"]
        for name in ("olga", "otto", "sara"):
            team = cls.south if name == "sara" else cls.north
            cls.orders += cls.env["sale.order"].create(
                {
                    "partner_id": customer.id,
                    "user_id": cls.users[name].id,
                    "team_id": team.id,
                    "company_id": cls.company_a.id,
                    "order_line": [(0, 0, {"product_id": product.id})],
                }
            )
        cls.env.flush_all()

    def test_orders_lines_and_analysis(self):
        """Own orders; those of the teams one leads; all: the same in orders, their lines and the analysis."""
        of = dict(zip(("olga", "otto", "sara"), self.orders, strict=True))
        for name, expected in (
            ("olga", of["olga"]),
            ("lena", of["olga"] + of["otto"]),
            ("aldo", self.orders),
            ("mona", self.orders),
        ):
            with self.subTest(persona=name):
                orders = self.env["sale.order"].with_user(self.users[name])
                lines = self.env["sale.order.line"].with_user(self.users[name])
                report = self.env["sale.report"].with_user(self.users[name])
                ours = ("id", "in", self.orders.ids)
                self.assertEqual(orders.search([ours], order="id"), expected)
                self.assertEqual(lines.search([("order_id", "in", self.orders.ids)]).order_id.sorted("id"), expected)
                names = report.search([("name", "in", self.orders.mapped("name"))]).mapped("name")
                self.assertEqual(set(names), set(expected.mapped("name")))

    def test_leader_changes_the_teams_order(self):
        """A leader may change an order of his team."""
        self.orders[0].with_user(self.users["lena"]).client_order_ref = "seen"
        self.assertEqual(self.orders[0].client_order_ref, "seen")
