from contextlib import closing
from datetime import date, datetime
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL

from .event_common import EventCase


@tagged("post_install", "-at_install")
class TestAttention(EventCase):
    """The state of attention of open leads, from real causes, with time frozen.

    Monday 2 March 2026; the team promises an answer within 4 working hours (8-12, 13-17 in
    Brussels, one hour ahead of UTC) and 10 days without contact are allowed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.env["resource.calendar"].create({"name": "Office", "tz": "Europe/Brussels"})
        cls.north.write({"response_hours": 4, "quiet_days": 10, "resource_calendar_id": cls.hours.id})
        cls.Lead = cls.env["crm.lead"]
        cls.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-03-01', date_last_stage_update = '2026-03-01' WHERE id = ANY(%s)",
            ([lead.id for lead in cls.leads.values()],),
        )
        cls.env.cr.execute("UPDATE crm_lead_event SET moment = '2026-03-01'")
        cls.env.invalidate_all()
        cls.env["ir.config_parameter"].set_param("crm_core.attention", "True")

    def _tell(self, moment, kind, **row):
        with freeze_time(moment):
            self.Event._record([{"lead_id": self.lead.id, "kind": kind, **row}])
            self.Event._flush()

    def _plan(self, moment, day):
        with freeze_time(moment):
            step = self.lead.activity_schedule("mail.mail_activity_data_todo", day, user_id=self.users["olga"].id)
            self.Event._flush()
        return step

    def _job(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_attention").method_direct_trigger()
        self.env.invalidate_all()

    def assertAttention(self, state, since, lead=None):
        self.assertRecordValues(
            lead or self.lead, [{"attention_state": state, "attention_since": datetime.fromisoformat(since)}]
        )

    def test_waiting(self):
        """Nobody answers: after four working hours the customer is waiting; a note changes nothing, an answer does."""
        self._plan("2026-03-02 08:00:00", date(2026, 3, 20))
        self._tell("2026-03-02 14:00:00", "message_in")
        self.assertEqual(self.lead.attention_state, "on_track")
        self._job("2026-03-03 08:59:00")
        self.assertEqual(self.lead.attention_state, "on_track", "3:59 working hours have passed")
        self._job("2026-03-03 09:00:00")
        self.assertAttention("waiting_for_us", "2026-03-03 09:00:00")
        self.assertIn("nobody has answered", self.lead.attention_reason)
        self._tell("2026-03-03 10:00:00", "note")
        self._tell("2026-03-03 10:00:00", "auto_reply", direction="out")
        self.assertEqual(self.lead.attention_state, "waiting_for_us")
        self._tell("2026-03-03 10:05:00", "call_out")
        self.assertAttention("on_track", "2026-03-03 10:05:00")

    def test_holiday(self):
        """A day off is no working time, also when it is entered later."""
        self._plan("2026-03-02 08:00:00", date(2026, 3, 20))
        self._tell("2026-03-02 14:00:00", "message_in")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.hours.id,
                "date_from": "2026-03-03 00:00:00",
                "date_to": "2026-03-03 22:00:00",
            }
        )
        self._job("2026-03-03 09:00:00")
        self.assertEqual(self.lead.attention_state, "on_track")
        self._job("2026-03-04 09:00:00")
        self.assertAttention("waiting_for_us", "2026-03-04 09:00:00")

    def test_shown_after_saving(self):
        """What the web client reads back after saving is the state that follows from it."""
        (saved,) = self.Lead.web_save({"name": "just now", "team_id": self.north.id}, {"attention_state": {}})
        self.assertEqual(saved["attention_state"], "no_next_step")

    def test_steps(self):
        """No step, a step planned, late on the morning after in the time zone of whoever has to do it, done."""
        self.users["olga"].tz = "America/Sao_Paulo"
        self._tell("2026-03-02 08:00:00", "note")
        self.assertAttention("no_next_step", "2026-03-01 00:00:00")
        step = self._plan("2026-03-02 09:00:00", date(2026, 3, 3))
        self.assertEqual(self.lead.attention_state, "on_track")
        self._job("2026-03-04 02:59:00")
        self.assertEqual(self.lead.attention_state, "on_track", "still the third in São Paulo")
        self._job("2026-03-04 03:00:00")
        self.assertAttention("overdue", "2026-03-04 03:00:00")
        with freeze_time("2026-03-04 10:00:00"):
            step.action_feedback()
            self.Event._flush()
        self.assertAttention("no_next_step", "2026-03-04 10:00:00")

    def test_stalled(self):
        """Ten days without contact and without a new stage; the stage's own days come first."""
        self._plan("2026-03-02 08:00:00", date(2026, 4, 20))
        self._job("2026-03-11 00:00:00")
        self.assertAttention("stalled", "2026-03-11 00:00:00")
        self.lead.stage_id.rotting_threshold_days = 20
        self.assertEqual(self.env["ir.config_parameter"].get_param("crm_core.attention_fill_below", "0") != "0", True)
        self._job("2026-03-11 01:00:00")
        self.assertEqual(self.lead.attention_state, "on_track")

    def test_sleep(self):
        """Asleep until a day, with a step on that morning; awake earlier when the customer writes."""
        self.env["crm.lead"]._attention_refresh(self.lead.ids)
        with freeze_time("2026-03-02 10:00:00"):
            wizard = self.env["crm.lead.sleep"].with_user(self.users["olga"])
            with Form(wizard.with_context(default_lead_ids=self.lead.ids)) as form:
                form.until, form.reason = date(2026, 9, 1), "New budget"
            form.save().action_sleep()
            self.Event._flush()
        self.assertAttention("sleeping", "2026-03-02 10:00:00")
        self.assertRecordValues(
            self.lead.activity_ids,
            [{"summary": "New budget", "date_deadline": date(2026, 9, 1), "user_id": self.users["olga"].id}],
        )
        self._job("2026-08-31 21:59:00")
        self.assertEqual(self.lead.attention_state, "sleeping")
        self._tell("2026-08-31 14:00:00", "message_in")
        self._job("2026-08-31 22:00:00")
        self.assertNotEqual(self.lead.attention_state, "sleeping", "it is September in Brussels")

    def test_woken_by_the_customer(self):
        self.lead._sleep(date(2099, 9, 1), "later")
        self.lead.slept_at = "2026-03-02 10:00:00"
        self._tell("2026-03-04 08:00:00", "message_in")
        self._job("2026-03-04 14:00:00")
        self.assertEqual(self.lead.attention_state, "waiting_for_us")

    def test_sleep_in_the_past(self):
        wizard = self.env["crm.lead.sleep"].create({"lead_ids": self.lead.ids, "until": "2020-01-01", "reason": "x"})
        with self.assertRaises(UserError):
            wizard.action_sleep()

    def test_count_is_list(self):
        """The number anywhere is that of the list behind it; every open lead has exactly one state."""
        leads = self.Lead.browse([lead.id for lead in self.leads.values()])
        leads[0].activity_schedule("mail.mail_activity_data_todo", date(2026, 3, 3))
        leads[1].action_set_lost()
        self.Lead._attention_refresh(leads.ids)
        domain = [("id", "in", leads.ids)]
        counted = dict(self.Lead._read_group(domain, ["attention_state"], ["__count"]))
        for state, number in counted.items():
            self.assertEqual(len(self.Lead.search([*domain, ("attention_state", "=", state)])), number)
        self.assertEqual(sum(counted.values()), len(leads) - 1)
        self.assertFalse(leads[1].attention_state, "a closed lead needs no attention")

    def test_leaves_no_trace(self):
        """Neither `write_date` nor the chatter tells of it; what does not change is not written."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET write_date = '2020-01-01' WHERE id = %s", (self.lead.id,))
        self.env.invalidate_all()
        messages = len(self.lead.message_ids)
        self.assertEqual(self.Lead._attention_refresh(self.lead.ids), 1)
        self.assertEqual(self.Lead._attention_refresh(self.lead.ids), 0)
        self.assertEqual((str(self.lead.write_date), len(self.lead.message_ids)), ("2020-01-01 00:00:00", messages))

    def test_off(self):
        """Switched off, nothing is worked out; switched on, the job goes over every lead."""
        settings = self.env["res.config.settings"]
        settings.create({"group_crm_attention": True}).execute()
        settings.create({"group_crm_attention": False}).execute()
        self.assertFalse(self.env.ref("crm_core.ir_cron_attention").active)
        self._tell("2026-03-02 08:00:00", "note")
        self.assertFalse(self.lead.attention_state)
        settings.create({"group_crm_attention": True}).execute()
        self.assertTrue(self.users["olga"].has_group("crm_core.group_attention"))
        self._job("2026-03-02 09:00:00")
        self.assertEqual(self.lead.attention_state, "no_next_step")

    def test_written_by_another(self):
        """When another transaction has just written the lead, the event stays and the job follows."""
        cron = self.env.ref("crm_core.ir_cron_attention")
        cron.active = True
        # within the test's savepoint, so that it does not count as written by this transaction
        self.env.cr.execute("UPDATE crm_lead SET attention_state = NULL WHERE id = %s", (self.lead.id,))
        conflict = SQL("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
        with patch.object(type(self.Lead), "_attention_update_sql", return_value=conflict):
            self._tell("2026-03-02 08:00:00", "note")
        self.assertTrue(self.Event.search([("lead_id", "=", self.lead.id), ("kind", "=", "note")]))
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))

    def test_addon_gone(self):
        """The events of an addon that goes are deleted; what followed from them is worked out anew."""
        self._tell("2026-03-02 08:00:00", "message_in")
        self._job("2026-03-02 14:00:00")
        self.assertEqual(self.lead.attention_state, "waiting_for_us")
        self.Event._forget_kinds(["message_in"])
        self._job("2026-03-02 14:01:00")
        self.assertEqual(self.lead.attention_state, "no_next_step")

    def test_calendar_asked_where_needed(self):
        """The calendar is looked at only where a customer waits for an answer that was promised."""
        with patch.object(type(self.north), "_attention_working", autospec=True) as asked:
            self._tell("2026-03-02 08:00:00", "message_out")
            self.north.response_hours = 0
            self._tell("2026-03-02 09:00:00", "message_in")
            self.assertFalse(asked.called)

    def test_known_after_writing(self):
        """What was written is known without reading it again."""
        self.assertFalse(self.lead.attention_state)
        self.Lead._attention_refresh(self.lead.ids)
        with self.assertQueryCount(0):
            self.assertEqual(self.lead.attention_state, "no_next_step")
            self.assertEqual(self.lead.attention_data["code"], "never_planned")

    def _queries(self, cr, lead_ids):
        with patch.object(type(cr), "execute", autospec=True, side_effect=type(cr).execute) as execute:
            Environment(cr, SUPERUSER_ID, {})["crm.lead"]._attention_refresh(lead_ids)
        codes = [getattr(call.args[1], "code", call.args[1]).split()[0] for call in execute.call_args_list]
        return codes

    def test_queries(self):
        """One reads, one writes; a savepoint only where somebody else may have written the lead meanwhile."""
        with closing(db_connect(self.env.cr.dbname).cursor()) as cr:  # a transaction of its own, rolled back
            lead = Environment(cr, SUPERUSER_ID, {})["crm.lead"].create({"name": "ours"})
            lead.flush_recordset()
            self.assertEqual(self._queries(cr, lead.ids), ["SELECT", "UPDATE"])
            self.assertEqual(self._queries(cr, lead.ids), ["SELECT"], "nothing has changed")
            cr.execute("SAVEPOINT by_another")
            cr.execute("UPDATE crm_lead SET attention_state = NULL WHERE id = %s", (lead.id,))
            self.assertEqual(self._queries(cr, lead.ids), ["SELECT", "SAVEPOINT", "RELEASE"])

    def test_no_query_per_lead(self):
        leads = self.Lead.create([{"name": f"many {n}", "team_id": self.north.id} for n in range(100)])
        self.env.flush_all()
        self.Event._flush()

        def queries(some):
            self.env.cr.execute("UPDATE crm_lead SET attention_state = NULL WHERE id = ANY(%s)", (some.ids,))
            before = self.env.cr.sql_log_count
            self.assertEqual(self.Lead._attention_refresh(some.ids), len(some))
            return self.env.cr.sql_log_count - before

        queries(leads[:1])
        self.assertEqual(queries(leads[:1]), queries(leads))
