from datetime import timedelta

from odoo.tests import tagged

from .keeping_common import NOW, OLD, RetentionCase


@tagged("post_install", "-at_install")
class TestRetention(RetentionCase):
    """Events that were kept long enough: their numbers stay."""

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
