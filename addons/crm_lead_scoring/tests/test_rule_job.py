from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .rule_common import NOON, RuleCase

MODELS = "odoo.addons.crm_lead_scoring.models"
QUIET = (f"{MODELS}.crm_scoring_rule_in_force", f"{MODELS}.crm_lead_rule_score", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestRuleJob(RuleCase):
    """What the jobs find that no change of the lead tells."""

    def test_first_rule_on_last_rule_off(self):
        """The hourly job is on while a rule is: making, archiving, deleting switch it."""
        self.assertFalse(self.hourly.active)
        self.city(active=False)
        self.assertFalse(self.hourly.active)
        first, second = self.city(), self.city()
        self.assertTrue(self.hourly.active)
        first.active = False
        self.assertTrue(self.hourly.active)
        second.unlink()
        self.assertFalse(self.hourly.active)
        first.active = True
        self.assertTrue(self.hourly.active)

    def test_switched_on_late(self):
        """What happened before the first rule was on is not read again: the background job goes over all leads."""
        lead = self.make()
        self.tell("message_in", lead)
        self.env.cr.execute("UPDATE crm_lead_event SET xact = 1")
        self.rule("answered")
        told, more = self.env["crm.lead.event.mark"]._read_on("crm_lead_scoring.rules")
        self.assertEqual((told, more), ([], False))
        self.run_job(self.in_background)
        self.assertEqual(lead.rule_score, 10)

    def test_a_rule_that_changes(self):
        """All open leads follow a new, a changed and a switched-off rule in the background; closed ones stay."""
        lead, lost = self.make(2, city="Rome")
        lost.action_set_lost()
        rule = self.city()
        self.run_job(self.in_background)
        self.assertEqual((lead.rule_score, lost.rule_score), (10, 0))
        rule.points = 25
        self.run_job(self.in_background)
        self.assertEqual(lead.rule_score, 25)
        rule.active = False
        self.run_job(self.in_background)
        self.assertEqual((lead.rule_score, self.lines(lead)), (0, {}))

    def test_half_life(self):
        """Points fade while nobody touches the lead; those of closed leads stay as they were."""
        self.rule("answered", points=100, half_life_days=30)
        open_lead, lost = self.make(2)
        self.tell("message_in", open_lead)
        self.tell("message_in", lost)
        lost.action_set_lost()
        self.settle()
        self.assertEqual((open_lead.rule_score, lost.rule_score), (100, 100))
        self.run_job(days=30)
        self.assertEqual((open_lead.rule_score, lost.rule_score), (50, 100))
        self.run_job(days=60)
        self.assertEqual((open_lead.rule_score, lost.rule_score), (25, 100))

    def test_time_moves_leads_past_a_filter(self):
        """A filter with a relative date gives and takes its points as the days go by."""
        self.rule(filter_domain="[('date_deadline', '<', 'today')]", points=-5, name="late")
        self.rule(filter_domain="[('date_deadline', '>=', 'today')]", points=5, name="in time")
        lead = self.make(date_deadline="2026-03-05")
        self.assertEqual(self.lines(lead), {"in time": 5})
        self.run_job(days=4)
        self.assertEqual(self.lines(lead), {"late": -5})

    def test_a_related_record_moves_leads_past_a_filter(self):
        """What changes behind a relation is found by the hourly job."""
        partner = self.env["res.partner"].create({"name": "Customer"})
        self.rule(filter_domain="[('partner_id.ref', '=', 'VIP')]")
        lead = self.make(partner_id=partner.id)
        partner.ref = "VIP"
        self.settle()
        self.assertFalse(lead.rule_score)
        self.run_job()
        self.assertEqual(lead.rule_score, 10)

    def test_validity(self):
        """A rule counts from its first to its last day, both included."""
        self.city(date_from="2026-03-04", date_to="2026-03-05")
        lead = self.make(city="Rome")
        for days, score in ((1, 0), (2, 10), (3, 10), (4, 0)):
            self.run_job(days=days)
            self.run_job(self.in_background, days=days)
            self.assertEqual(lead.rule_score, score, days)

    def test_written_past_the_orm(self):
        """A lead that was written without anybody telling is found by its date."""
        self.city()
        lead = self.make()
        self.run_job()
        self.env.cr.execute(
            "UPDATE crm_lead SET city = 'Rome', write_date = %s WHERE id = %s", (NOON + timedelta(minutes=30), lead.id)
        )
        self.env.invalidate_all()
        self.run_job(hours=1)
        self.assertEqual(lead.rule_score, 10)

    def test_filter_that_breaks(self):
        """A field that is gone: saving leads goes on, the rule gives nothing and says why, the others work; mended,
        it counts again."""
        good = self.city(name="good")
        bad = self.city(name="bad")
        lead = self.make(city="Rome")
        self.assertEqual(self.lines(lead), {"good": 10, "bad": 10})
        self._break(bad, "[('x_gone', '=', 1)]")
        with mute_logger(*QUIET):
            lead.city = "Oslo"
            self.settle()
            self.assertEqual(self.lines(lead), {})
            lead.city = "Rome"
            self.settle()
            self.assertEqual(self.lines(lead), {"good": 10})
            self.run_job()
        self.assertIn("x_gone", bad.problem)
        self.assertFalse(good.problem)
        self.assertEqual(self.lines(lead), {"good": 10})
        bad.filter_domain = "[('city', '=', 'Rome')]"
        self.run_job(self.in_background)
        self.assertFalse(bad.problem)
        self.assertEqual(self.lines(lead), {"good": 10, "bad": 10})

    def test_filter_that_the_database_refuses(self):
        """A filter that is a filter, but of the wrong type: no traceback either."""
        good, bad = self.city(name="good"), self.city(name="bad")
        for domain in ("[('id', '=', 'abc')]", "[('city'", "[('name.x.y', '=', 1)]", "open('/etc/passwd')"):
            self._break(bad, domain)
            with mute_logger(*QUIET):
                lead = self.make(city="Rome")
                self.assertEqual(self.lines(lead), {"good": 10}, domain)
                self.run_job()
            self.assertIn("gives no points", bad.problem, domain)
            self.assertFalse(good.problem)

    def test_filter_that_works_again(self):
        """A field that comes back: the hourly job takes the rule in again by itself."""
        rule = self.city()
        rule.filter_problem = "It broke"
        self.assertFalse(self.Rule._rules_in_force())
        lead = self.make(city="Rome")
        self.run_job()
        self.run_job(self.in_background)
        self.assertFalse(rule.problem)
        self.assertEqual(lead.rule_score, 10)

    def _break(self, rule, domain):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_scoring_rule SET filter_domain = %s, filter_problem = NULL WHERE id = %s", (domain, rule.id)
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_many_batches(self):
        """More leads than one batch: all are scored, newest first, and the next run has nothing to do."""
        leads = self.make(7, city="Rome")
        self.city()
        with patch(f"{MODELS}.crm_lead_rule_job.BATCH", 3):
            self.run_job(self.in_background)
        self.assertEqual(leads.mapped("rule_score"), [10] * 7)
        leads.write({"city": "Oslo"})
        self.env.cr.precommit.data.pop("crm_lead_scoring.rules")
        with patch(f"{MODELS}.crm_lead_rule_job.BATCH", 3):
            self.run_job(minutes=5)
        self.assertEqual(leads.mapped("rule_score"), [0] * 7)
