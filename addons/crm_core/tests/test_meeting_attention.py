from datetime import datetime

from odoo.tests import freeze_time, tagged

from .test_meetings import MeetingCase


@tagged("post_install", "-at_install")
class TestMeetingAttention(MeetingCase):
    """A meeting that is planned is the lead's next step until it ends, and never a late one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("crm_core.attention", "True")
        cls.north.quiet_days = 0
        cls.env.cr.execute("UPDATE crm_lead SET create_date = '2026-03-01' WHERE id = %s", (cls.lead.id,))
        cls.env.invalidate_all()

    def assertState(self, moment, state, next_change=None, since=None):
        """At that moment time has made the lead what it is: the job of the attention states alone has run."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_attention").method_direct_trigger()
        self.env.invalidate_all()
        expected = {"attention_state": state, "attention_next": next_change and datetime.fromisoformat(next_change)}
        if since:
            expected["attention_since"] = datetime.fromisoformat(since)
        self.assertRecordValues(self.lead, [{name: value or False for name, value in expected.items()}])

    def test_until_it_ends(self):
        """No other step is needed before the meeting; when it has ended, one is."""
        with self._at("2026-03-02 08:00:00"):
            self._meet("05 10:00", "05 11:00")
            self.Event._flush()
        self.assertState("2026-03-05 10:59:00", "on_track", "2026-03-05 11:00:00")
        self.assertIn("next meeting", self.lead.attention_reason)
        self.assertState("2026-03-05 11:00:00", "no_next_step", since="2026-03-05 11:00:00")
        self._job("2026-03-05 12:00:00")
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_held"])
        self.assertState("2026-03-05 12:00:00", "no_next_step", since="2026-03-05 11:00:00")

    def test_its_activity_is_not_overdue(self):
        """The activity of a meeting says nothing beside it, not even the day after; another one does."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("05 10:00", "07 11:00", with_activity=True)
            self.assertTrue(meeting.activity_ids)
            self.Event._flush()
        self.assertState("2026-03-07 10:00:00", "on_track", "2026-03-07 11:00:00")
        self.assertState("2026-03-09 10:00:00", "no_next_step")
        with self._at("2026-03-09 11:00:00"):
            self.lead.activity_schedule("mail.mail_activity_data_todo", "2026-03-08", user_id=self.olga.id)
            self.Event._flush()
        self.assertState("2026-03-09 12:00:00", "overdue")

    def test_the_next_one(self):
        """Of several meetings the one that ends next counts; then that after it."""
        with self._at("2026-03-02 08:00:00"):
            self._meet("12 10:00", "12 11:00")
            self._meet("05 10:00", "05 11:00")
            self.Event._flush()
        self.assertState("2026-03-02 09:00:00", "on_track", "2026-03-05 11:00:00")
        self.assertState("2026-03-05 11:00:00", "on_track", "2026-03-12 11:00:00")

    def test_cancelled(self):
        """An archived meeting is no step, nor is one of another lead."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("05 10:00", "05 11:00")
            self._meet("05 10:00", "05 11:00", opportunity_id=self.leads["north_nobody"].id)
            self.Event._flush()
            self.assertEqual(self.lead.attention_state, "on_track")
            meeting.action_archive()
            self.Event._flush()
        self.assertState("2026-03-02 09:00:00", "no_next_step")

    def test_end_alone(self):
        """Shortened or made longer it is the next step until its new end, though nothing is told of it."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("05 10:00", "05 11:00")
            self.Event._flush()
            for change, end in (
                ({"stop": "2026-03-05 10:30:00"}, datetime(2026, 3, 5, 10, 30)),
                ({"duration": 3}, datetime(2026, 3, 5, 13)),
            ):
                with self.subTest(change):
                    meeting.write(change)
                    self.env.flush_all()
                    self.env.cr.precommit.run()
                    self.env.invalidate_all()
                    self.assertRecordValues(self.lead, [{"attention_state": "on_track", "attention_next": end}])
        self.assertEqual(self.kinds(), ["meeting_planned"])

    def test_end_of_many(self):
        """The ends of fifty meetings take as many queries as that of one, and none where nothing changes."""
        with self._at("2026-03-02 08:00:00"):
            meetings = self.env["calendar.event"]
            vals = {"name": "m", "user_id": self.olga.id, "team_id": self.north.id}
            for lead in self.env["crm.lead"].create([vals] * 51):
                meetings |= self._meet("05 10:00", "05 11:00", opportunity_id=lead.id)
            self.Event._flush()
            counts = [self._queries_of_touching(some) for some in (meetings[:1], meetings[1:])]
        self.assertEqual(counts[0], counts[1])

    def _queries_of_touching(self, meetings):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        meetings._event_ends_otherwise()
        self.Event._flush()
        return self.env.cr.sql_log_count - before
