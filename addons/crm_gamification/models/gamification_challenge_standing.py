from odoo import models

from ..goals.ranking import Result, best
from .mend import is_mended


class GamificationChallenge(models.Model):
    """Who stands where in a period."""

    _inherit = "gamification.challenge"

    def _get_results(self, period):
        """{user: [Result]} of a period, in the order of the participants."""
        goals = self.env["gamification.goal"].search_fetch(
            [*self._get_goals_domain(period), ("state", "!=", "draft")],
            ["line_id", "user_id", "target_goal", "current", "state"],
        )
        by_user = goals.grouped("user_id")
        people = self.user_ids.filtered(lambda user: user in by_user)
        return {
            user: [
                Result(
                    goal.line_id.id, goal.definition_condition, goal.target_goal, goal.current, goal.state == "reached"
                )
                for goal in by_user[user]
            ]
            for user in people
        }

    def _get_best(self, results, count):
        return best(results, self.line_ids.ids, count, with_failures=self.reward_failure)

    def _get_topN_users(self, n):
        if not is_mended(self.env):
            return super()._get_topN_users(n)
        users = self._get_best(self._get_results(self._get_period()), n)
        return (*users, *[False] * (n - len(users)))
