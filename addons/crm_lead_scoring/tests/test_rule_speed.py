from contextlib import ExitStack, closing
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tests.common import warmup
from odoo.tools import mute_logger

from .rule_common import RuleCase


@tagged("post_install", "-at_install")
class TestRuleSpeed(RuleCase):
    """How many queries points cost, and that they never stand in anybody's way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in ("filter", "answered", "company_domain", "answered_within", "activity_done"):
            cls.Rule.create({"name": kind, "kind": kind, "filter_domain": "[('city', '=', 'Rome')]", "points": 5})
        cls.settle()

    def _count(self, leads):
        """Queries of scoring these leads anew."""
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env["crm.lead"]._score_now(leads.ids)
        return self.env.cr.sql_log_count - before

    @warmup
    def test_queries_do_not_grow(self):
        """One lead costs as many queries as a hundred: one that reads, one that writes, one that ends the savepoint."""
        many, one = self.make(100), self.make(1)
        self.env.cr.execute("UPDATE crm_lead SET city = 'Rome' WHERE id = ANY(%s)", ((many + one).ids,))
        self.assertEqual(self._count(one), 3)
        self.env.invalidate_all()
        self.assertEqual(self._count(many), 3)
        self.assertEqual(set((many + one).mapped("rule_score")), {5})
        self.assertEqual(self._count(many), 2, "nothing has changed: nothing is written")

    @warmup
    def test_rules_cost_no_queries(self):
        """More rules are asked in the same query."""
        lead = self.make()
        self.Rule.create([{"name": city, "filter_domain": f"[('city', '=', '{city}')]"} for city in "ABCDE"])
        self.settle()
        self._count(lead)
        self.assertEqual(self._count(lead), 2)

    def test_failing_does_not_keep_leads_from_being_saved(self):
        """Somebody else has just written the lead: it is saved all the same, and the job follows."""
        lead = self.make()

        def fail(*_args):
            raise SerializationFailure("written meanwhile")

        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.hourly.id)])
        with (
            patch.object(self.registry["crm.lead"], "_rule_write", fail),
            self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_lead_rule_score", "WARNING"),
        ):
            lead.write({"city": "Rome"})
            self.settle()
        self.assertEqual((lead.city, lead.rule_score), ("Rome", 0))
        self.assertGreater(self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.hourly.id)]), triggers)
        self.run_job()
        self.assertEqual(lead.rule_score, 5)

    def test_leads_that_somebody_is_writing(self):
        """A lead that is locked is skipped without waiting; one written since this transaction began fails alone."""
        with ExitStack() as stack:
            setup, writer, engine = (
                stack.enter_context(closing(db_connect(self.env.cr.dbname).cursor())) for _name in range(3)
            )
            setup.execute("INSERT INTO crm_lead (name, type, active) VALUES ('ours', 'lead', True) RETURNING id")
            lead_id = setup.fetchone()[0]
            setup.commit()
            try:
                leads = Environment(engine, SUPERUSER_ID, {})["crm.lead"]
                engine.execute("SET LOCAL statement_timeout = 2000")
                writer.execute("UPDATE crm_lead SET city = 'Rome' WHERE id = %s", (lead_id,))
                changes = ([(lead_id, 5)], [], [])
                self.assertFalse(leads._rule_write(changes))
                writer.commit()
                with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                    leads._rule_write(changes)
            finally:
                writer.rollback()
                engine.rollback()
                setup.execute("DELETE FROM crm_lead WHERE id = %s", (lead_id,))
                setup.commit()

    def test_too_many_at_once(self):
        """An import is not made to wait: what is more than a batch is left to the job."""
        with patch("odoo.addons.crm_lead_scoring.models.crm_lead_rule_score.MOST", 2):
            leads = self.make(3, city="Rome")
        self.assertEqual(leads.mapped("rule_score"), [0, 0, 0])
        self.run_job()
        self.assertEqual(leads.mapped("rule_score"), [5, 5, 5])
