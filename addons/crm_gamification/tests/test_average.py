from odoo.tests import freeze_time, tagged

from .common import GamificationCase


@tagged("post_install", "-at_install")
class TestAverage(GamificationCase):
    def _challenge(self, **vals):
        field = self.env["ir.model.fields"]._get("crm.lead", "expected_revenue")
        definition = self.definition(computation_mode="average", field_id=field.id, condition="lower", **vals)
        return self.challenge(target=15, definition=definition)

    @freeze_time("2026-03-10")
    def test_average(self):
        """The average of a field, in batch and by domain, with the setting on and off."""
        deals = self.deals(self.olga, "2026-03-09", 2)
        deals[0].expected_revenue, deals[1].expected_revenue = 10, 20
        by_domain = {"batch_mode": False, "domain": "[('referred', '=', 'game'), ('user_id', '=', user.id)]"}
        for is_on in (True, False):
            for vals in ({}, by_domain):
                with self.subTest(is_on=is_on, **vals):
                    self.switch(is_on)
                    goal = self.goal_of(self._challenge(**vals), self.olga)
                    goal.update_goal()
                    self.assertEqual((goal.current, goal.state), (15, "reached"))

    def test_average_of_nothing(self):
        """Where there is nothing to average a goal is not reached, however low is better; in the end it failed."""
        self.switch(True)
        for vals in ({}, {"batch_mode": False, "domain": "[('referred', '=', 'game'), ('user_id', '=', user.id)]"}):
            with self.subTest(**vals):
                with freeze_time("2026-03-10"):
                    deal = self.deals(self.olga, "2026-03-09")
                    challenge = self._challenge(**vals)
                    goal = self.goal_of(challenge, self.olga)
                    self.assertEqual(goal.state, "reached")
                    deal.unlink()
                    self.run_job(challenge)
                    self.assertEqual((goal.current, goal.state, goal.completeness), (16, "inprogress", 0))
                with freeze_time("2026-04-01"):
                    self.run_job(challenge)
                    self.assertEqual(goal.state, "failed")
