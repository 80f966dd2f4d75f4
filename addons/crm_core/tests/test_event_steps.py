from datetime import date

from odoo.tests import tagged

from .event_common import EventCase


@tagged("post_install", "-at_install")
class TestEventSteps(EventCase):
    """Activities and meetings, from their real cause."""

    def _plan(self, xmlid, **vals):
        return self.lead.with_user(self.users["olga"]).activity_schedule(xmlid, date(2026, 3, 2), **vals)

    def test_activities(self):
        """Planned, moved, done (a call is a call) and cancelled: one event each, its message none."""
        todo, call = self._plan("mail.mail_activity_data_todo"), self._plan("mail.mail_activity_data_call")
        gone = self._plan("mail.mail_activity_data_todo")
        self.Event._flush()
        todo.date_deadline = date(2026, 3, 9)
        (todo | call).action_feedback(feedback="spoke to her")
        gone.action_cancel()
        kinds = [(kind, data["deadline"]) for kind, data in self.told()]
        self.assertEqual(
            kinds,
            [("activity_planned", "2026-03-02")] * 3
            + [
                ("activity_moved", "2026-03-09"),
                ("activity_done", "2026-03-09"),
                ("call_out", "2026-03-02"),
                ("activity_cancelled", "2026-03-02"),
            ],
        )

    def test_meeting(self):
        """A meeting with its activity and its log note is one event, holding it another."""
        meeting = (
            self.env["calendar.event"]
            .with_user(self.users["olga"])
            .create(
                {
                    "name": "Demo",
                    "start": "2026-03-02 10:00:00",
                    "stop": "2026-03-02 11:00:00",
                    "opportunity_id": self.lead.id,
                    "res_id": self.lead.id,
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                }
            )
        )
        self.assertTrue(meeting.activity_ids)
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned"])
        meeting.start = "2026-03-03 10:00:00"
        meeting.activity_ids.action_feedback()
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned", "meeting_moved", "meeting_held"])

    def test_meeting_cancelled(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": "Demo",
                "start": "2026-03-02 10:00:00",
                "stop": "2026-03-02 11:00:00",
                "opportunity_id": self.lead.id,
            }
        )
        meeting.unlink()
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned", "meeting_cancelled"])
