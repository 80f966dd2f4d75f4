from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .portal_common import PortalCase

NOON = fields.Datetime.to_datetime("2026-11-10 12:00:00")


@tagged("post_install", "-at_install")
class TestPortalReopen(PortalCase):
    """What was closed by mistake: by whom, when, and who may open it again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.event"]._flush()

    def at(self, **later):
        self.env["crm.lead.event"]._flush()
        self.startPatcher(freeze_time(NOON + timedelta(**later)))

    def do(self, name, step, lead=None, **entries):
        """Whose change it is, the log asks once a transaction: here each step is one."""
        self.env["crm.lead.event"]._flush()
        told = (lead or self.lead_paul).with_user(self.users[name])._partner_do(step, entries)
        self.env["crm.lead.event"]._flush()
        return told

    def lose(self, name="paul"):
        self.assertEqual(self.do(name, "lost", reason_id=str(self.too_dear.id)), "")
        self.assertEqual(self.lead_paul.won_status, "lost")

    def test_lost(self):
        """Stage and probability are as after Odoo's own restoring, and it is told in the chatter."""
        self.at()
        self.lead_paul.stage_id = self.second
        self.lose()
        page = self.lead_paul.with_user(self.paul)._partner_page()
        self.assertEqual((page["can_reopen"], page["waits"]), (True, "This opportunity is closed."))
        self.at(days=14)
        self.assertEqual(self.do("paul", "reopen"), "")
        self.assertRecordValues(
            self.lead_paul,
            [
                {
                    "active": True,
                    "won_status": "pending",
                    "stage_id": self.second.id,
                    "lost_reason_id": False,
                    "probability": self.lead_paul.automated_probability,
                }
            ],
        )
        message = self.lead_paul.message_ids.filtered(lambda one: "Opened again" in one.body)
        self.assertEqual(message.author_id, self.paul.partner_id)
        self.assertEqual(self.do("paul", "reopen"), "This opportunity is open.")

    def test_lost_too_long_ago(self):
        """After two weeks the page says whom to ask."""
        self.at()
        self.lose()
        self.at(days=14, seconds=1)
        self.assertIn("write to Olga", self.do("paul", "reopen"))
        page = self.lead_paul.with_user(self.paul)._partner_page()
        self.assertFalse(page["can_reopen"])
        self.assertIn("write to Olga", page["waits"])
        self.assertEqual(self.lead_paul.won_status, "lost")

    def test_lost_by_a_colleague_or_by_us(self):
        """What his manager lost he opens again; what we lost he does not, nor what we lost after he had opened it."""
        self.at()
        self.lose("pia")
        self.assertEqual(self.do("paul", "reopen"), "")
        self.at(hours=1)
        self.lead_paul.with_user(self.users["olga"]).action_set_lost(lost_reason_id=self.too_dear.id)
        self.at(hours=2)
        self.assertIn("write to Olga", self.do("paul", "reopen"))

    def test_won(self):
        """On the same day, where he is, back to the stage before; not by a colleague."""
        self.paul.tz = "America/New_York"
        self.at()
        self.lead_paul.stage_id = self.second
        self.assertEqual(self.do("paul", "won", order="S1"), "")
        self.assertIn("write to Olga", self.do("pia", "reopen"))
        self.at(hours=16)
        self.assertEqual(self.do("paul", "reopen"), "")
        self.assertRecordValues(
            self.lead_paul, [{"won_status": "pending", "stage_id": self.second.id, "date_closed": False}]
        )
        self.assertLess(self.lead_paul.probability, 100)

    def test_won_yesterday_or_by_us(self):
        """The day after, and what we won ourselves: the page says whom to ask."""
        self.paul.tz = "America/New_York"
        self.at()
        self.do("paul", "won", order="S1")
        self.lead_pia.with_user(self.users["olga"]).action_set_won()
        self.assertIn("write to Olga", self.do("pia", "reopen", self.lead_pia))
        self.at(hours=18)
        self.assertIn("write to Olga", self.do("paul", "reopen"))
        self.assertEqual(self.lead_paul.won_status, "won")

    def test_stage_that_is_gone(self):
        """A stage that is closed to partners by now is none to go back to."""
        self.at()
        self.do("paul", "won", order="S1")
        self.first.reseller_open = False
        self.assertIn("write to Olga", self.do("paul", "reopen"))
