import json
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..models import calendar_event
from .event_common import EventCase

LEAD_MODEL = "crm.lead"


class MeetingCase(EventCase):
    """Monday 2 March 2026; the log began the day before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "crm_core.event_log_start", json.dumps({"moment": "2026-03-01 00:00:00"})
        )
        cls.olga = cls.users["olga"]
        cls.customer = cls.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})

    @contextmanager
    def _at(self, moment):
        """That moment in Python and in the database, which dates new records."""
        with freeze_time(moment), patch.object(self.env.cr, "_now", datetime.fromisoformat(moment)):
            yield

    def _meet(self, start, stop, with_activity=False, **vals):
        linked = {"res_id": self.lead.id, "res_model_id": self.env["ir.model"]._get_id(LEAD_MODEL)}
        return (
            self.env["calendar.event"]
            .with_user(self.olga)
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": "Demo",
                    "start": f"2026-03-{start}:00",
                    "stop": f"2026-03-{stop}:00",
                    "opportunity_id": self.lead.id,
                    **(linked if with_activity else {}),
                    **vals,
                }
            )
        )

    def _job(self, moment):
        self.Event._flush()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_meetings_held").method_direct_trigger()
        self.env.invalidate_all()

    def kinds(self, *wanted):
        return [kind for kind, _data in self.told() if not wanted or kind in wanted]


@tagged("post_install", "-at_install")
class TestMeetings(MeetingCase):
    """Meetings are told as held when they have ended, each once."""

    def test_held(self):
        """Neither before its end nor twice; at the moment of its end, by its organizer."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("03 10:00", "03 11:00")
        self._job("2026-03-03 10:59:00")
        self.assertEqual(self.kinds(), ["meeting_planned"])
        self._job("2026-03-03 11:30:00")
        self._job("2026-03-03 12:30:00")
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_held"])
        held = self.Event.search([("lead_id", "=", self.lead.id), ("kind", "=", "meeting_held")])
        self.assertRecordValues(
            held,
            [
                {
                    "moment": datetime(2026, 3, 3, 11),
                    "actor_id": self.olga.partner_id.id,
                    "model": "calendar.event",
                    "res_id": meeting.id,
                    "data": {"meeting": meeting.id, "deadline": "2026-03-03T10:00:00", "user": self.olga.id},
                }
            ],
        )

    def test_activity_done_before(self):
        """Whose activity was marked done is held already."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("03 10:00", "03 11:00", with_activity=True)
        with self._at("2026-03-03 10:50:00"):
            meeting.activity_ids.action_feedback()
        self._job("2026-03-03 11:30:00")
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_held"])

    def test_activity_done_after(self):
        """Marking the activity done later tells nothing again; another activity is told."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("03 10:00", "03 11:00", with_activity=True)
            other = self.lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.olga.id)
        self._job("2026-03-03 11:30:00")
        with self._at("2026-03-04 08:00:00"):
            (meeting.activity_ids | other).action_feedback()
        self.assertEqual(self.kinds(), ["meeting_planned", "activity_planned", "meeting_held", "activity_done"])

    def test_call_in_the_calendar(self):
        """A call that is planned in the calendar is a call."""
        with self._at("2026-03-02 08:00:00"):
            call = self.lead.activity_schedule("mail.mail_activity_data_call", user_id=self.olga.id)
            self._meet("03 10:00", "03 10:15", activity_ids=[(6, 0, call.ids)])
        self._job("2026-03-03 11:00:00")
        self.assertEqual(self.kinds("call_out", "meeting_held"), ["call_out"])

    def test_before_the_log(self):
        """Meetings from before the log began are never told, were they entered today."""
        with self._at("2026-03-02 08:00:00"):
            self._meet("01 00:00", "01 00:00")
            self.env["calendar.event"].create(
                {
                    "name": "old",
                    "start": "2026-02-20 10:00",
                    "stop": "2026-02-20 11:00",
                    "opportunity_id": self.lead.id,
                }
            )
        self._job("2026-03-02 09:00:00")
        self.assertFalse(self.kinds("meeting_held"))

    def test_entered_afterwards(self):
        """A meeting entered, linked with the lead or moved to before now was held; the job may be past it."""
        self._meet("02 07:00", "02 07:30")
        self._job("2026-03-02 08:00:00")
        with self._at("2026-03-03 15:00:00"):
            self._meet("02 05:00", "02 06:00")
            self._meet("02 04:00", "02 05:00", opportunity_id=False).opportunity_id = self.lead
            self._meet("09 04:00", "09 05:00").write({"start": "2026-03-02 02:00:00", "stop": "2026-03-02 03:00:00"})
        self._job("2026-03-03 16:00:00")
        self.assertEqual(len(self.kinds("meeting_held")), 4)
        self.assertFalse(self.kinds("meeting_cancelled"))

    def test_nobody_came(self):
        """Where all declined, or all but the organizer, nothing was held; where one accepted, it was."""
        partners = [(6, 0, (self.customer | self.olga.partner_id).ids)]
        with self._at("2026-03-02 08:00:00"):
            alone, both, neither = (
                self._meet(f"03 {hour}:00", f"03 {hour}:30", partner_ids=partners) for hour in (10, 12, 14)
            )
        for meeting, olga, customer in (
            (alone, "accepted", "declined"),
            (both, "accepted", "accepted"),
            (neither, "declined", "declined"),
        ):
            for attendee in meeting.attendee_ids:
                attendee.state = customer if attendee.partner_id == self.customer else olga
        self._job("2026-03-03 15:00:00")
        self.assertEqual(self.Event.search([("kind", "=", "meeting_held")]).mapped("res_id"), both.ids)

    def test_archived(self):
        """Archiving a meeting cancels it, restoring plans it again; what was held is not cancelled."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("03 10:00", "03 11:00")
            self.Event._flush()
            meeting.action_archive()
            meeting.action_archive()
        self._job("2026-03-03 12:00:00")
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_cancelled"])
        with self._at("2026-03-03 08:00:00"):
            meeting.action_unarchive()
        self._job("2026-03-03 13:00:00")
        with self._at("2026-03-04 08:00:00"):
            meeting.action_archive()
            self.Event._flush()
            meeting.unlink()
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_cancelled", "meeting_planned", "meeting_held"])

    def test_moved_after_being_held(self):
        """Moved to a later day after it was held, it stays held once."""
        with self._at("2026-03-02 08:00:00"):
            meeting = self._meet("03 10:00", "03 11:00")
        self._job("2026-03-03 11:30:00")
        with self._at("2026-03-03 12:00:00"):
            meeting.write({"start": "2026-03-05 10:00:00", "stop": "2026-03-05 11:00:00"})
        self._job("2026-03-05 12:00:00")
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_held", "meeting_moved"])

    def test_paused(self):
        """What ends while the log is paused is not told, later neither."""
        with self._at("2026-03-02 08:00:00"):
            self._meet("03 10:00", "03 11:00")
            self.Event._flush()
        self.env["ir.config_parameter"].set_param("crm_core.event_log_paused", "True")
        self._job("2026-03-03 12:00:00")
        self.env["ir.config_parameter"].set_param("crm_core.event_log_paused", False)
        self._job("2026-03-03 13:00:00")
        self.assertFalse(self.kinds("meeting_held"))

    def test_batches(self):
        """All of them are told, however many there are and however many end together."""
        with self._at("2026-03-02 08:00:00"):
            for minutes in ("00", "00", "00", "10", "20"):
                self._meet("03 10:00", f"03 11:{minutes}")
        with patch.object(calendar_event, "BATCH", 2):
            self._job("2026-03-03 12:00:00")
        self.assertEqual(len(self.kinds("meeting_held")), 5)
        self.assertEqual(self.env["ir.config_parameter"].get_param(calendar_event.HELD_UNTIL), "2026-03-03 11:20:00")

    def test_no_query_per_meeting(self):
        """Telling a hundred takes as many queries as telling one."""
        with self._at("2026-03-02 08:00:00"):
            meetings = self.env["calendar.event"].create(
                [
                    {
                        "name": str(n),
                        "start": "2026-03-03 10:00",
                        "stop": "2026-03-03 11:00",
                        "opportunity_id": self.lead.id,
                    }
                    for n in range(110)
                ]
            )
        self.Event._flush()

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._event_record_held()
            return self.env.cr.sql_log_count - before

        queries(meetings[:1])
        self.assertEqual(queries(meetings[1:2]), queries(meetings[10:]))

    def test_to_another_lead(self):
        """It is cancelled for the lead that it leaves; leads that are merged take theirs along."""
        with self._at("2026-03-02 08:00:00"):
            meeting, other = self._meet("03 10:00", "03 11:00"), self.leads["north_otto"]
            self.Event._flush()
            meeting.opportunity_id = other
            self.Event._flush()
        self.assertEqual(self.kinds(), ["meeting_planned", "meeting_cancelled"])
        told = self.Event.search([("lead_id", "=", other.id), ("model", "=", "calendar.event")])
        self.assertEqual(told.mapped("kind"), ["meeting_planned"])
        with self._at("2026-03-02 09:00:00"):
            (self.lead | other).merge_opportunity()
            self.Event._flush()
        told = self.Event.search([("model", "=", "calendar.event"), ("res_id", "=", meeting.id)], order="id")
        self.assertEqual(told.mapped("kind"), ["meeting_planned", "meeting_cancelled", "meeting_planned"])
