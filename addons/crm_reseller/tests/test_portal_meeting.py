from datetime import date

from odoo.tests import freeze_time, tagged

from .portal_common import NOW, PortalCase


@tagged("post_install", "-at_install")
class TestPortalMeeting(PortalCase):
    """Times that a partner proposes: Paul is in New York, Olga in Brussels, and it is 10 March, 9:00 in Greenwich."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.paul.tz = "America/New_York"
        cls.users["olga"].tz = "Europe/Brussels"

    def propose(self, *times, text="", lead=None):
        entries = {f"time{number}": time for number, time in enumerate(times, 1)}
        lead = (lead or self.lead_paul).with_user(self.paul)
        return lead._partner_do("meeting", {**entries, "text": text})

    def test_message_and_activity(self):
        """In order and in the salesperson's time, which may be the next day; the activity is due on the first one."""
        self.assertEqual(self.propose("2026-04-01T20:30", "2026-03-11T19:15", text="With Anna, <b>at hers</b>"), "")
        body = self.lead_paul.message_ids.filtered(lambda one: one.author_id == self.paul.partner_id)[:1].body
        first, second = "Thursday, March 12, 2026, 12:15", "Thursday, April 2, 2026, 2:30"
        for words in (first, second, "(Europe/Brussels)", "With Anna, &lt;b&gt;at hers&lt;/b&gt;"):
            self.assertIn(words, body.replace("\u202f", " "))
        self.assertLess(body.index("March 12"), body.index("April 2"))
        activity = self.lead_paul.activity_ids
        self.assertRecordValues(
            activity,
            [
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_meeting").id,
                    "date_deadline": date(2026, 3, 12),
                    "user_id": self.users["olga"].id,
                }
            ],
        )
        self.assertIn("March 12", activity.note)
        planned = activity.with_user(self.users["olga"]).action_create_calendar_event()["context"]
        self.assertEqual(
            (planned["initial_date"], planned["default_activity_ids"]), (date(2026, 3, 12), [(6, 0, activity.ids)])
        )

    def test_bad_times(self):
        """A sentence for each, and nothing is left behind."""
        before = len(self.lead_paul.message_ids)
        for times, words in (
            ([], "at least one time"),
            (["", " "], "at least one time"),
            (["2026-03-10T04:59"], "over already"),
            (["2026-03-20T10:00", "2026-03-01T10:00"], "over already"),
            (["tomorrow"], "day and time"),
            (["2026-02-31T10:00"], "day and time"),
            (["2026-03-11T10:00", "2028-01-01T10:00"], "within a year"),
        ):
            self.assertIn(words, self.propose(*times), times)
        self.assertEqual((len(self.lead_paul.message_ids), self.lead_paul.activity_ids.ids), (before, []))
        self.assertEqual(self.propose("2026-03-10T05:01"), "", "two minutes later it is to come, where Paul is")

    def test_nobodys_lead(self):
        """Without a salesperson the times are the company's, and there is no activity."""
        self.lead_paul.user_id = False
        self.company_a.partner_id.tz = "Asia/Tokyo"
        self.propose("2026-03-11T10:00")
        self.assertIn("(Asia/Tokyo)", "".join(self.lead_paul.message_ids.mapped("body")))
        self.assertFalse(self.lead_paul.activity_ids)
