from collections import Counter
from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import crm_lead_event_chore
from .test_event_log import EventCase

NOW = datetime(2026, 3, 15, 10)
OLD = [datetime(2024, month, 10, 10) for month in range(1, 13)]


class KeepingCase(EventCase):
    def tell(self, kind, moment=NOW, lead=None, **values):
        self.Event._record([{"lead_id": (lead or self.lead).id, "kind": kind, "moment": moment, **values}])
        self.Event._flush()

    def job(self, name, batch=2):
        """Run a job as the scheduler does, two events at a time."""
        with (
            freeze_time(NOW),
            patch.object(crm_lead_event_chore, "BATCH", batch),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(f"crm_core.ir_cron_event_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def begin_the_log_here(self):
        """The jobs go over what this test tells, not over what else is in the database."""
        self.env.cr.execute("DELETE FROM crm_lead_event")
        self.env.cr.execute("DELETE FROM crm_lead_event_total")
        self.env["crm.lead.event.retention"].search([]).unlink()
        self.env.cr.execute("ALTER SEQUENCE crm_lead_event_id_seq RESTART WITH 1")

    def kill(self, name, committed, batch=2):
        """Let a job die at its second range, just before or after that is committed."""
        cron, calls = type(self.env["ir.cron"]), []
        original = cron._commit_progress

        def commit(record, processed=0, **values):
            calls.append(processed)
            if len(calls) == 1 or committed:
                original(record, processed, **values)
            if len(calls) == 2:
                raise RuntimeError("killed")
            return 1

        job = self.env.ref(f"crm_core.ir_cron_event_{name}")
        with (
            freeze_time(NOW),
            patch.object(crm_lead_event_chore, "BATCH", batch),
            patch.object(cron, "_commit_progress", commit),
            self.enter_registry_test_mode(),
            self.assertRaisesRegex(RuntimeError, "killed"),
            self.registry.cursor() as cursor,
        ):
            self.env(cr=cursor)[job.model_id.model]._walk()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRetention(KeepingCase):
    """Events that were kept long enough: their numbers stay."""

    def setUp(self):
        super().setUp()
        self.begin_the_log_here()
        self.closed, self.lost, self.archived = (
            self.leads["north_otto"],
            self.leads["south_sara"],
            self.leads["south_nobody"],
        )
        self.closed.action_set_won()
        self.lost.action_set_lost()
        self.archived.action_archive()
        self.Event._flush()

    def keep(self, *kinds, months=12):
        retention = self.env["crm.lead.event.retention"]
        lines = retention.with_user(self.users["mona"]).create([{"kind": kind, "months": months} for kind in kinds])
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead_event_retention SET write_date = %s", (NOW - timedelta(days=2),))
        self.env.invalidate_all()
        return lines

    def left(self):
        self.env.cr.execute("SELECT kind, count(*) FROM crm_lead_event GROUP BY kind")
        return Counter(dict(self.env.cr.fetchall()))

    def totals(self):
        numbers = Counter()
        for total in self.env["crm.lead.event.total"].search([]):
            numbers[total.kind] += total.number
        return numbers

    def tell_much(self):
        """Every month of 2024 a message, a note and a call on each lead that was closed one way or another."""
        for lead in (self.closed, self.lost, self.archived, self.lead):
            for moment in OLD:
                for kind in ("message_in", "note", "call_out"):
                    self.tell(kind, moment, lead)
            self.tell("message_in", NOW, lead)

    def test_no_line(self):
        """Nothing is forgotten until somebody says so: the job is off, and on only while there are lines."""
        cron = self.env.ref("crm_core.ir_cron_event_retention")
        self.assertFalse(self.env["crm.lead.event.retention"].search([]))
        self.assertFalse(cron.active)
        lines = self.keep("note", "message_in")
        self.assertTrue(cron.active)
        lines[0].unlink()
        self.assertTrue(cron.active)
        lines[1].unlink()
        self.assertFalse(cron.active)

    def test_forgotten(self):
        """Old events of the kind go from closed leads, and what is left and the totals are what was there."""
        self.tell_much()
        before = self.left()
        self.keep("message_in", months=18)
        self.keep("note", months=12)
        self.job("retention")
        self.assertEqual(self.totals(), {"message_in": 3 * 9, "note": 3 * 12})
        self.assertEqual(self.left() + self.totals(), before)
        self.assertEqual(self.left()["call_out"], before["call_out"], "nobody said so of calls")
        self.assertRecordValues(
            self.env["crm.lead.event.total"].search([("kind", "=", "note")], limit=1),
            [{"month": OLD[-1].date().replace(day=1), "number": 3, "company_id": self.company_a.id}],
        )
        self.tell("note", OLD[-1], self.closed)
        self.job("retention")
        self.assertEqual(self.totals()["note"], 3 * 12 + 1, "told late, added to the month")

    def test_open_leads(self):
        """Open leads keep all of theirs."""
        self.tell_much()
        self.keep("message_in", "note", "call_out")
        self.job("retention")
        self.assertEqual(self.Event.search_count([("lead_id", "=", self.lead.id)]), 3 * len(OLD) + 1)
        for lead in (self.closed, self.lost, self.archived):
            self.assertEqual(
                self.Event.search_count([("lead_id", "=", lead.id), ("kind", "in", ("message_in", "note"))]), 1
            )

    def test_a_day_to_think_again(self):
        """What was typed just now deletes nothing before the next day."""
        self.tell("note", OLD[0], self.closed)
        line = self.keep("note")
        self.env.cr.execute("UPDATE crm_lead_event_retention SET write_date = %s", (NOW - timedelta(hours=23),))
        self.env.invalidate_all()
        self.job("retention")
        self.assertEqual((self.left()["note"], self.totals()), (1, {}))
        self.env.cr.execute("UPDATE crm_lead_event_retention SET write_date = %s", (NOW - timedelta(hours=25),))
        self.env.invalidate_all()
        self.job("retention")
        self.assertEqual((self.left()["note"], self.totals()), (0, {"note": 1}))
        self.assertEqual(line.write_uid, self.users["mona"], "the job did not change the line")

    def test_killed(self):
        """A job that is killed before or after a range was committed neither counts nor deletes twice."""
        for committed in (False, True):
            with self.subTest(committed=committed):
                self.begin_the_log_here()
                self.tell_much()
                before = self.left() + self.totals()
                lines = self.keep("message_in", "note")
                self.kill("retention", committed, batch=30)
                self.assertEqual(self.left() + self.totals(), before)
                self.assertEqual(lines.mapped("reached"), [60 if committed else 30] * 2)
                self.job("retention", batch=20)
                self.assertEqual(self.left() + self.totals(), before)
                self.assertFalse(self.Event.search([("lead_id", "=", self.closed.id), ("kind", "=", "note")]))
                self.assertFalse(any(lines.mapped("reached")), "tomorrow from the beginning")

    def test_second_company(self):
        """Totals are kept by company; managers see those of theirs."""
        far = self.leads["far_fred"]
        far.action_set_won()
        nobody = self.leads["nobody"]
        nobody.action_set_won()
        self.assertFalse(nobody.company_id)
        for lead in (self.closed, far, nobody):
            self.tell("note", OLD[0], lead)
        self.keep("note")
        self.job("retention")
        totals = self.env["crm.lead.event.total"]
        self.assertEqual(
            set(totals.search([]).mapped("company_id.id")) | {False}, {self.company_a.id, self.company_b.id, False}
        )
        self.assertEqual(
            totals.with_user(self.users["mona"]).search([]).mapped(lambda total: total.company_id.id),
            [self.company_a.id, False],
        )

    def test_company_gone(self):
        """Events of a company that is no longer there are counted without one."""
        self.tell("note", OLD[0], self.closed)
        self.env.cr.execute("UPDATE crm_lead_event SET company_id = 2000000000 WHERE kind = 'note'")
        self.keep("note")
        self.job("retention")
        self.assertFalse(self.env["crm.lead.event.total"].search([]).company_id)
        self.assertEqual(self.totals(), {"note": 1})

    def test_open_steps_unknown(self):
        """Leads that were there when forgotten steps happened may have lost some; later ones have not."""
        self.tell("activity_done", OLD[3], self.closed, model="mail.activity", res_id=1)
        self.keep("activity_done")
        self.job("retention")
        self.env["ir.config_parameter"].set_param("crm_core.event_log_start", '{"moment": "2024-01-01 00:00:00"}')
        for day, unknown in (("2024-04-20", {"open_steps"}), ("2024-05-01", set())):
            with self.subTest(day=day):
                self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", (day, self.closed.id))
                self.env.invalidate_all()
                self.env["ir.config_parameter"].set_param(
                    "crm_core.event_log_start", '{"moment": "2024-01-01 00:00:00"}'
                )
                state = self.Event._as_of(self.closed, datetime(2100, 1, 1))[self.closed.id]
                self.assertEqual(state.unknown, unknown)

    def test_timeline_says_so(self):
        """The timeline of a closed lead from that time says that something is missing, that of an open one does not."""
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2024-01-01'")
        self.env["ir.config_parameter"].set_param("crm_core.event_log_start", "{}")
        self.tell("note", OLD[0], self.closed)
        self.keep("note")
        self.env.invalidate_all()
        mona = self.users["mona"]
        self.assertEqual(self.closed.with_user(mona).get_timeline()["note"], "")
        self.job("retention")
        self.assertIn("February 1, 2024", self.closed.with_user(mona).get_timeline()["note"])
        self.assertEqual(self.lead.with_user(mona).get_timeline()["note"], "")

    def test_kinds(self):
        """Conversation and steps can be forgotten, changes of a lead can't, nor for less than a month."""
        line = self.env["crm.lead.event.retention"]
        kinds = dict(line._selection_kind())
        self.assertLessEqual({"message_in", "activity_done", "note"}, set(kinds))
        self.assertFalse({"stage_moved", "created", "won", "lost"} & set(kinds))
        with self.assertRaises(ValidationError):
            line.create({"kind": "stage_moved", "months": 12})
        line.create({"kind": "note", "months": 12})
        for vals in ({"kind": "note", "months": 6}, {"kind": "sms_out", "months": 0}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                line.create(vals)

    def test_kind_gone(self):
        """With an addon go the lines and totals of its kinds."""
        self.tell("note", OLD[0], self.closed)
        self.keep("note", "message_in")
        self.job("retention")
        self.Event._forget_kinds(["note"])
        self.assertEqual(self.env["crm.lead.event.retention"].search([]).mapped("kind"), ["message_in"])
        self.assertFalse(self.totals())

    def test_access(self):
        """Managers say how long and read the totals; nobody else does either, and nobody writes totals."""
        lines, totals = self.env["crm.lead.event.retention"], self.env["crm.lead.event.total"]
        line = lines.create({"kind": "note", "months": 12})
        for name in ("olga", "lena", "aldo", "fred", "petra"):
            user = self.users[name]
            for attempt in (
                lambda user=user: lines.with_user(user).search([]),
                lambda user=user: lines.with_user(user).create({"kind": "sms_out", "months": 1}),
                lambda user=user: line.with_user(user).write({"months": 1}),
                lambda user=user: line.with_user(user).unlink(),
                lambda user=user: totals.with_user(user).search([]),
                lambda user=user: self.env["crm.lead.event.erasure"].with_user(user).search([]),
            ):
                with self.subTest(persona=name), self.assertRaises(AccessError):
                    attempt()
        mona = self.users["mona"]
        line.with_user(mona).months = 6
        self.assertFalse(totals.with_user(mona).search([]))
        with self.assertRaises(AccessError):
            totals.with_user(mona).create({"month": "2026-01-01", "kind": "note", "number": 1})
        line.with_user(mona).unlink()
