from datetime import datetime

from odoo.tests import tagged

from .keeping_common import OLD, RetentionCase


@tagged("post_install", "-at_install")
class TestForgotten(RetentionCase):
    """What is said where events are missing."""

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
