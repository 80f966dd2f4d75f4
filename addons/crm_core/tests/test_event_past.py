from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .past_common import START, PastCase


@tagged("post_install", "-at_install")
class TestPast(PastCase):
    """Earlier history: what is told, and what is not told twice."""

    def test_nothing_by_itself(self):
        """Before anybody asked, nothing of the past is in the log; then `as_of` knows it."""
        lead, first = self.make(START), self.lead.stage_id
        self.happen(START + timedelta(days=1), lambda env: lead.with_env(env).write({"stage_id": self.stage.id}))
        self.forget()
        self.assertEqual(self.kinds(lead), [])
        before = START + timedelta(hours=2)
        self.assertIn("stage_id", self.Event._as_of(lead, before)[lead.id].unknown)
        self.tell_past()
        self.assertEqual(self.kinds(lead), ["created", "stage_moved"])
        state = self.Event._as_of(lead, before)[lead.id]
        self.assertEqual((state.stage_id, "stage_id" in state.unknown), (first.id, False))
        self.assertIn("tag_ids", state.unknown)
        self.assertFalse(lead.get_timeline()["note"])

    def test_seam(self):
        """What began before the log and ended after it is told once, each part by its own."""
        lead = self.make(START)
        plan = "mail.mail_activity_data_todo"
        step = self.happen(START, lambda env: lead.with_env(env).activity_schedule(plan, date(2026, 3, 5)))
        meeting = {"name": "Demo", "start": START, "stop": START + timedelta(hours=1), "opportunity_id": lead.id}
        self.happen(START, lambda env: env["calendar.event"].create(meeting))
        with freeze_time(START + timedelta(hours=2)):
            self.forget()
        later = START + timedelta(days=2)
        self.happen(later, lambda env: step.with_env(env).action_feedback())
        self.happen(later, lambda env: lead.with_env(env).write({"expected_revenue": 5}))
        expected = ["created", "activity_planned", "meeting_planned", "meeting_held", "activity_done", "amount_changed"]
        for _again in range(2):
            self.tell_past()
            self.assertCountEqual(self.kinds(lead), expected)
        held = self.Event.search([("lead_id", "=", lead.id), ("kind", "=", "meeting_held")])
        self.assertEqual((held.moment, held.inferred), (START + timedelta(hours=1), True), "nobody said so")

    def test_traces_of_older_versions(self):
        """Activities of which only the message is left; leads won or lost without a trace of when."""
        lead = self.make(START)
        call = self.env.ref("mail.mail_activity_data_call")
        said = {"mail_activity_type_id": call.id, "subtype_xmlid": "mail.mt_activities", "body": "Call done"}
        self.happen(START + timedelta(days=1), lambda env: lead.with_env(env).message_post(**said))
        self.forget()
        self.env.cr.execute(
            "UPDATE crm_lead SET active = FALSE, won_status = 'lost', date_closed = '2026-03-09 10:00:00',"
            " lost_reason_id = %s WHERE id = %s",
            (self.lost_reason.id, lead.id),
        )
        self.env.invalidate_all()
        self.tell_past()
        told = self.Event.search([("lead_id", "=", lead.id)])
        self.assertEqual(told.mapped("kind"), ["created", "call_out", "lost"])
        self.assertEqual(told.mapped("inferred"), [False, True, True])
        self.assertEqual(told[2].data, {"reason": self.lost_reason.id})
        self.assertEqual(told[2].moment, datetime(2026, 3, 9, 10))

    def test_merged_meanwhile(self):
        """A lead that goes into another one while the past is told keeps its own history apart, told once."""
        first, second = self.make(START), self.make(START + timedelta(minutes=5))
        move = {"stage_id": self.stage.id}
        self.happen(START + timedelta(days=1), lambda env: first.with_env(env).write(move))
        self.happen(START + timedelta(days=2), lambda env: second.with_env(env).write({"expected_revenue": 70}))
        self.forget()
        self.env["crm.lead.event.past"]._start()
        head = self.happen(START + timedelta(days=3), lambda env: (first | second).with_env(env).merge_opportunity())
        tail_id = (first | second - head).ids[0] if head == second else second.id
        self.tell_past()
        told = self.Event.search(
            [("lead_id", "=", head.id), ("kind", "in", ("created", "stage_moved", "amount_changed"))]
        )
        moves = told.filtered(lambda event: event.kind == "stage_moved")
        self.assertEqual(len(told.filtered(lambda event: event.kind == "created")), 2)
        self.assertEqual(len(moves), 1)
        self.assertEqual(moves.origin_id, tail_id if head == second else 0)

    def test_not_told_again(self):
        """What retention has forgotten, and whom erasure has taken out, history does not bring back."""
        lead = self.make(START)
        said = {"body": "Prices?", "message_type": "email", "author_id": self.customer.id}
        self.happen(START, lambda env: lead.with_env(env).sudo().message_post(**said, subtype_xmlid="mail.mt_comment"))
        self.happen(START, lambda env: lead.with_env(env).action_set_lost())
        self.forget()
        self.tell_past()
        self.assertCountEqual(self.kinds(lead), ["created", "message_in", "lost"])
        self.env["crm.lead.event.erasure"]._erase(self.customer.ids)
        self.env["crm.lead.event.erasure"].search([])._walk_range(SQL("TRUE"))
        self.tell_past()
        self.assertCountEqual(self.kinds(lead), ["created", "message_in", "lost"])
        retention = self.env["crm.lead.event.retention"].create({"kind": "message_in", "months": 1})
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead_event_retention SET write_date = '2026-03-01'")
        self.env.invalidate_all()
        retention._walk_range(SQL("TRUE"))
        self.tell_past()
        self.assertCountEqual(self.kinds(lead), ["created", "lost"])
