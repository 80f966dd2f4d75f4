from datetime import timedelta

from odoo.tests import tagged

from .rule_common import NOON, RuleCase


@tagged("post_install", "-at_install")
class TestRuleTrial(RuleCase):
    """Rules asked about past leads."""

    def _trial(self, rules, **vals):
        action = rules.with_user(self.users["mona"]).action_try()
        trial = self.env[action["res_model"]].with_user(self.users["mona"]).browse(action["res_id"])
        if vals:
            trial.write(vals)
            trial.action_try()
        return trial

    def test_against_how_leads_ended(self):
        """How many each rule would hit and how many of these were won; rules may still be off, nothing is written."""
        rome, talk = self.city(active=False, name="rome"), self.rule("answered", active=False, name="talk")
        won, lost, still_open = self.make(3, city="Rome")
        other_lost, other_won = self.make(2, city="Oslo")
        for lead in (lost, other_lost):
            lead.action_set_lost()
        for lead in (won, other_won):
            lead.action_set_won()
        self.tell("message_in", won)
        self.tell("message_in", won)
        self.env["crm.lead"].search([("id", "in", [lead.id for lead in self.leads.values()])]).unlink()
        leads = won + lost + still_open + other_lost + other_won
        self.env["crm.lead"].with_context(active_test=False).search([("id", "not in", leads.ids)]).unlink()
        self.settle()
        trial = self._trial(rome + talk)
        self.assertRecordValues(trial, [{"lead_count": 5, "won_count": 2, "won_rate": 0.5}])
        self.assertRecordValues(
            trial.line_ids,
            [
                {"rule_id": rome.id, "lead_count": 3, "won_count": 1, "won_rate": 0.5, "share": 0.6},
                {"rule_id": talk.id, "lead_count": 1, "won_count": 1, "won_rate": 1.0, "share": 0.2},
            ],
        )
        self.assertFalse(self.env["crm.lead.rule.line"].search([]))
        self.assertFalse(any(leads.mapped("rule_score")))

    def test_days(self):
        """Only leads of so many days count."""
        rule = self.city()
        lead = self.make(city="Rome")
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", (NOON - timedelta(days=100), lead.id))
        self.env.invalidate_all()
        self.assertEqual(self._trial(rule).line_ids.lead_count, 0)
        self.assertEqual(self._trial(rule, days=200).line_ids.lead_count, 1)

    def test_broken_filter(self):
        """A rule that does not work says why, the others are tried."""
        good, bad = self.city(name="good"), self.city(name="bad")
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_scoring_rule SET filter_domain = %s WHERE id = %s", ("[('x', '=', 1)]", bad.id))
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_scoring_rule_in_force", "WARNING"):
            self.make(city="Rome")
            trial = self._trial(good + bad)
        self.assertEqual(trial.line_ids.mapped("lead_count"), [1, 0])
        self.assertIn("“x”", trial.line_ids[1].problem)
