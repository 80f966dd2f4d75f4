from odoo import models

from ..goals.ranking import Result, best, strengths_of, tied
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
                    goal.line_id.id,
                    goal.definition_condition,
                    goal.target_goal,
                    goal.current,
                    goal.state == "reached",
                    goal.line_id.weight,
                )
                for goal in by_user[user]
            ]
            for user in people
        }

    def _get_best(self, results, count, period):
        """The first of a period; of equal ones who had his figure first, else as they are listed."""
        lines = self.line_ids.ids
        ties = tied(strengths_of(results, lines, self.reward_failure))
        moments = {}
        if ties:
            users = self.env["res.users"].union(*ties)
            goals = self.env["gamification.goal"].search(
                [*self._get_goals_domain(period), ("user_id", "in", users.ids)]
            )
            moments = goals._get_moments()
        return best(results, lines, count, with_failures=self.reward_failure, moments=moments)

    def _get_topN_users(self, n):
        if not is_mended(self.env):
            return super()._get_topN_users(n)
        period = self._get_period()
        users = self._get_best(self._get_results(period), n, period)
        return (*users, *[False] * (n - len(users)))
