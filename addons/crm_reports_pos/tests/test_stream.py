from odoo.tests import tagged

from odoo.addons.crm_reports.tests.stream_common import StreamCase

LABEL = "Point of Sale (Taxes Included)"


@tagged("post_install", "-at_install")
class TestPosStream(StreamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls.env["pos.config"].create({"name": "Till of the team", "crm_team_id": cls.team.id})
        cls.till.open_ui()

    @classmethod
    def _groups(cls):
        return [*super()._groups(), "point_of_sale.group_pos_user"]

    def _sold(self, amount, state="paid", day="2026-03-10 12:00:00", till=None):
        till = till or self.till
        order = self.env["pos.order"].create(
            {
                "session_id": till.current_session_id.id,
                "config_id": till.id,
                "crm_team_id": till.crm_team_id.id,
                "amount_total": amount,
                "amount_tax": amount / 6,
                "amount_paid": amount,
                "amount_return": 0,
                "date_order": day,
            }
        )
        order.write({"state": state, "date_order": day})
        return order

    def test_nothing_sold(self):
        """Who may read orders of the till finds the stream, with and without a team."""
        self.assertEqual(self._streams()[LABEL]["cells"][1:3], ["0", self._money(0)])
        self.assertIn(LABEL, self._streams(team_id=False))

    def test_orders(self):
        """Paid orders of the month and the team count with their taxes; what is returned is taken off; each row opens
        the orders behind it."""
        sold, returned = self._sold(120), self._sold(-20, state="done")
        self._sold(1000, state="draft")
        self._sold(1000, state="cancel")
        before = self._sold(60, day="2026-02-28 23:00:00")
        self._sold(7, day="2026-04-01 12:00:00")
        row = self._streams()[LABEL]
        self.assertEqual(row["cells"][1:4], ["2", self._money(100), self._money(60)])
        self.assertEqual(self._behind(row), sold + returned)
        self.assertNotIn(before, self._behind(row))

    def test_other_team(self):
        """Orders of another team's till are not this team's, and are in the sum of all."""
        other = self.env["pos.config"].create(
            {"name": "Another till", "crm_team_id": self.env["crm.team"].create({"name": "Others"}).id}
        )
        other.open_ui()
        self._sold(50, till=other)
        self.assertEqual(self._streams()[LABEL]["cells"][1], "0")
        self.assertEqual(self._streams(team_id=False)[LABEL]["cells"][1:3], ["1", self._money(50)])

    def test_other_currency(self):
        """What was taken at a till in another currency counts by the rate of the company."""
        other = self.env["res.currency"].create(
            {"name": "OTC", "symbol": "O", "rate_ids": [(0, 0, {"name": "2026-01-01", "rate": 2.0})]}
        )
        journal = self.till.journal_id.copy({"currency_id": other.id, "code": "OTC"})
        till = self.env["pos.config"].create(
            {"name": "Till abroad", "crm_team_id": self.team.id, "journal_id": journal.id, "pricelist_id": False,
             "use_pricelist": False, "payment_method_ids": False}
        )  # fmt: skip
        self.env["pos.session"].create({"config_id": till.id, "user_id": self.env.uid})
        self._sold(30)
        self._sold(100, till=till)
        self.assertEqual(till.currency_id, other)
        self.assertEqual(self._streams()[LABEL]["cells"][1:3], ["2", self._money(80)])

    def test_who_sees_it(self):
        """Who may not read orders of the till finds no stream."""
        self.manager.group_ids -= self.env.ref("point_of_sale.group_pos_user")
        self.assertNotIn(LABEL, self._streams())
