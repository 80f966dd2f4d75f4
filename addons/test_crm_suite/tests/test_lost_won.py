from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestLostWon(SuiteCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price, cls.delivery = cls.env["crm.lost.reason"].create(
            [
                {"name": "Suite price"},
                {"name": "Suite delivery"},
            ]
        )
        cls.lost = cls._make_opportunity("Lost long ago", cls.otto, email_from="lost@customer.example.com")
        cls.lost.action_set_lost(lost_reason_id=cls.delivery.id)

    def test_lost_written_to_and_restored(self):
        """F8: lost with reason and note, found by reason, the lost are written to from the list, one is restored."""
        deal = self._make_opportunity("Deal to lose", self.otto)
        with self.mock_mail_gateway():
            self.start_tour("/odoo", "crm_suite_lost_and_restored", login=self.otto.login)
        self.assertEqual(deal.won_status, "pending")
        self.assertTrue(deal.active)
        self.assertFalse(deal.lost_reason_id)
        bodies = "".join(deal.message_ids.mapped("body"))
        self.assertIn("A third cheaper elsewhere", bodies)
        changes = deal.message_ids.tracking_value_ids.filtered(lambda value: value.field_id.name == "lost_reason_id")
        self.assertIn("Suite price", changes.mapped("new_value_char"))
        self.assertEqual(self.lost.won_status, "lost")
        self.assertIn("Faster now", self.lost.message_ids.mapped("subject"))
        self.assertNotIn("Faster now", deal.message_ids.mapped("subject"))

    def test_won(self):
        """F8: a salesperson marks his deal as won."""
        deal = self._make_opportunity("Deal to win", self.otto, expected_revenue=1000)
        self.start_tour("/odoo", "crm_suite_won", login=self.otto.login)
        self.assertRecordValues(deal, [{"won_status": "won", "stage_id": self.stage_won.id, "probability": 100}])
        self.assertTrue(deal.date_closed)

    def test_analysis_of_the_lost(self):
        """F9: a manager counts the lost deals by reason and opens those behind a number."""
        deals = self._make_opportunity("Lost for price 1", self.otto) + self._make_opportunity(
            "Lost for price 2", self.erik
        )
        deals.action_set_lost(lost_reason_id=self.price.id)
        self.start_tour("/odoo", "crm_suite_lost_analysis", login=self.mara.login)


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestUnassigned(SuiteCase, MailCase):
    def test_mail_to_the_unassigned(self):
        """F19: a leader filters the unassigned opportunities and writes to exactly those from the list."""
        self._make_opportunity("Deal of Otto", self.otto, email_from="otto-deal@customer.example.com")
        nobody = self.env["res.users"]
        unassigned = self._make_opportunity(
            "Nobody's deal",
            nobody,
            email_from="nobody@customer.example.com",
            team_id=self.small_business.id,
        )
        with self.mock_mail_gateway():
            self.start_tour("/odoo", "crm_suite_unassigned", login=self.lena.login)
        written = self.env["mail.message"].search(
            [
                ("model", "=", "crm.lead"),
                ("subject", "=", "Who may call you?"),
            ]
        )
        self.assertIn(unassigned.id, written.mapped("res_id"))
        leads = self.env["crm.lead"].browse(written.mapped("res_id"))
        self.assertFalse(leads.user_id, "somebody's lead was written to")
