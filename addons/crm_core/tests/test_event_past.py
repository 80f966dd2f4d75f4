import random
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .test_event_log import EventCase

RICH = {"created", "message_in", "message_out", "note", "activity_planned", "activity_done", "call_out"}
RICH |= {"meeting_planned", "stage_moved", "owner_changed", "team_changed", "amount_changed", "converted"}
RICH |= {"won", "lost", "reopened"}
UNTOLD = {"probability_set"}  # Odoo keeps no trace of it
START = datetime(2026, 3, 2, 8)


class PastCase(EventCase):
    """Leads with a history in transactions of their own, at frozen times, with tracking as in real life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.customer = cls.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too early"})
        cls.leads_told = cls.env["crm.lead"]

    def happen(self, moment, work, name="olga"):
        """Do something as a transaction at that moment."""
        self.env.cr._now = moment + timedelta(microseconds=250)
        with freeze_time(moment):
            result = work(self.env(user=self.users[name]))
            self.env.cr.flush()
            self.env.cr.precommit.run()
        self.env.cr._now = None
        self.env.invalidate_all()
        return result

    def make(self, moment, **vals):
        vals = {"name": "told", "type": "opportunity", "team_id": self.north.id, **vals}
        vals.setdefault("user_id", self.users["olga"].id)
        lead = self.happen(moment, lambda env: env["crm.lead"].create(vals)).with_env(self.env)
        self.leads_told |= lead
        return lead

    def log(self, kept=lambda row: True):
        """What the log says of these leads."""
        return [row for row in self.rows(self.leads_told) if kept(row)]

    def forget(self):
        self.forget_log(self.leads_told)


@tagged("post_install", "-at_install")
class TestLivePast(PastCase):
    """The log kept live is the log told afterwards, for all that history can tell."""

    def _steps(self, rng, lead):
        """Random things that salespeople and customers do, as (person, work)."""
        stages = self.env["crm.stage"].search([("team_ids", "=", False)])
        teams = {"olga": self.north, "otto": self.north, "sara": self.south}
        lead_id, todo = lead.id, ("mail.mail_activity_data_todo", "mail.mail_activity_data_call")

        def on(work):
            return lambda env: work(env["crm.lead"].browse(lead_id))

        def finish(lead):
            lead.activity_ids[:1].action_feedback(feedback="done")

        def message(lead):
            lead.message_post(
                body="Hello", message_type="comment", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment",
            )  # fmt: skip

        def write_in(lead):
            lead.sudo().message_post(
                body="Prices?", message_type="email", author_id=self.customer.id, subtype_xmlid="mail.mt_comment",
            )  # fmt: skip

        def meet(lead):
            now = START.replace(hour=rng.randrange(8, 18)) + timedelta(days=rng.randrange(5, 25))
            vals = {"name": "Demo", "start": now, "stop": now + timedelta(hours=1), "opportunity_id": lead.id}
            lead.env["calendar.event"].create(vals)

        owner = rng.choice(list(teams))
        several = {"stage_id": rng.choice(stages).id, "expected_revenue": rng.randrange(900)}
        day = date(2026, 4, 1) + timedelta(days=rng.randrange(60))
        return [
            on(lambda lead: lead.write({"stage_id": rng.choice(stages).id})),
            on(lambda lead: lead.write({"user_id": self.users[owner].id, "team_id": teams[owner].id})),
            on(lambda lead: lead.write({"user_id": False})),
            on(lambda lead: lead.write({"expected_revenue": rng.randrange(900)})),
            on(lambda lead: lead.write({"recurring_revenue": rng.randrange(90)})),
            on(lambda lead: (lead.write(several), message(lead))),
            on(lambda lead: lead.stage_id.is_won or lead.action_set_lost(lost_reason_id=self.lost_reason.id)),
            on(lambda lead: lead.action_set_won()),
            on(lambda lead: lead.action_unarchive()),
            on(lambda lead: lead.convert_opportunity(self.customer)),
            on(lambda lead: lead.activity_schedule(rng.choice(todo), day, user_id=lead.env.uid)),
            on(finish),
            on(message),
            on(write_in),
            on(lambda lead: lead.message_post(body="us", message_type="comment", subtype_xmlid="mail.mt_note")),
            on(meet),
        ]

    def test_live_is_past(self):
        """Two hundred random transactions on six leads, several changes in some of them."""
        rng = random.Random(19)
        for number in range(6):
            kind = rng.choice(("lead", "opportunity"))
            self.make(START + timedelta(minutes=number), type=kind, partner_id=self.customer.id)
        moment = START + timedelta(hours=1)
        for _number in range(200):
            work = rng.choice(self._steps(rng, rng.choice(self.leads_told)))
            self.happen(moment, work, "mona")
            moment += timedelta(minutes=rng.randrange(1, 90))
        live = self.log(lambda row: row[1] not in UNTOLD)
        self.assertEqual({row[1] for row in live}, RICH)
        self.forget()
        self.tell_past()
        self.assertEqual(self.log(lambda row: row[1] != "meeting_held"), live)


@tagged("post_install", "-at_install")
class TestPast(PastCase):
    """Earlier history: what is told, what is not told twice, and how the job goes on."""

    def kinds(self, lead):
        self.Event._flush()
        return self.Event.search([("lead_id", "=", lead.id)]).mapped("kind")

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

    def test_killed(self):
        """Killed in the middle: what was told stays, the rest is told by the next run, nothing twice."""
        leads = [self.make(START + timedelta(minutes=number)) for number in range(6)]
        self.forget()
        model, original, calls = type(self.Event), type(self.Event)._tell_past, []

        def dying(events, name, lowest, below):
            calls.append(lowest)
            if len(calls) >= 3:
                original(events, name, lowest, below)
                raise ZeroDivisionError
            return original(events, name, lowest, below)

        job = self.env.ref("crm_core.ir_cron_event_past")
        self.env["crm.lead.event.past"]._start()
        with patch("odoo.addons.crm_core.models.crm_lead_event_past_job.BATCH", 2):
            with (
                patch.object(model, "_tell_past", dying),
                mute_logger("odoo.addons.base.models.ir_cron"),
                self.enter_registry_test_mode(),
            ):
                job.method_direct_trigger()
            self.assertGreaterEqual(len(calls), 3)
            self.env.invalidate_all()
            told = [lead for lead in leads if self.kinds(lead)]
            self.assertTrue(0 < len(told) < len(leads), "two batches of the newest leads")
            self.assertEqual(told, leads[-len(told) :], "the newest first")
            self.assertEqual(self.env["crm.lead.event.past"]._how_far()[0], "running")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual([self.kinds(lead) for lead in leads], [["created"]] * 6)
        self.assertEqual(self.env["crm.lead.event.past"]._how_far()[:2], ("told", 100))

    def test_stopped(self):
        """Stop takes hold after the batch; going on continues where it was."""
        self.make(START)
        self.forget()
        settings = self.env["res.config.settings"].create({})
        settings.action_tell_past()
        settings.action_stop_telling_past()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.env["res.config.settings"].create({}).crm_past_state, "stopped")
        self.assertEqual(self.log(), [])
        settings.action_tell_past()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()
        self.assertRecordValues(
            self.env["res.config.settings"].create({}), [{"crm_past_state": "told", "crm_past_progress": 100}]
        )
        self.assertTrue(self.log())

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

    def test_settings_are_for_administrators(self):
        """Also where the method is called past the web client, on no record."""
        for name in ("olga", "mona", "petra"):
            settings = self.env["res.config.settings"].with_user(self.users[name])
            for method in ("action_tell_past", "action_stop_telling_past", "action_fill_company_profiles"):
                with self.subTest(name, method=method), self.assertRaises(AccessError):
                    getattr(settings, method)()
