from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..goals.judging import untouched
from ..goals.periods import ONCE, Period, period_of
from .mend import is_mended


class GamificationChallenge(models.Model):
    _inherit = "gamification.challenge"

    def _get_period(self):
        """The period that runs today; a challenge that does not recur has one, as long as it says itself."""
        if self.period == ONCE:
            return Period(self.start_date or None, self.end_date or None)
        return period_of(self.period, fields.Date.today())

    def _get_goals_domain(self, period):
        bounds = (("start_date", period.start), ("end_date", period.end))
        return [("line_id", "in", self.line_ids.ids), *((name, "=", day) for name, day in bounds if day)]

    def _generate_goals_from_challenge(self):
        challenges = self._as_the_job()
        if not is_mended(self.env):
            return super(GamificationChallenge, challenges)._generate_goals_from_challenge()
        made = challenges._get_made()
        for challenge in challenges:
            challenge._make_missing_goals(made)
            challenge._commit_in_job()
        return True

    def _get_made(self):
        """{line id: ids of who has a goal of it in the running period}, with one query for all challenges."""
        running = (Domain(challenge._get_goals_domain(challenge._get_period())) for challenge in self)
        made = self.env["gamification.goal"]._search(Domain.OR(running))
        columns = SQL.identifier(made.table, "line_id"), SQL("array_agg(%s)", SQL.identifier(made.table, "user_id"))
        made.groupby = columns[0]
        return {line_id: set(user_ids) for line_id, user_ids in self.env.execute_query(made.select(*columns))}

    def _make_missing_goals(self, made):
        """Give each participant a goal for each line in the running period; who left has none any more."""
        goals = self.env["gamification.goal"]
        period = self._get_period()
        having = {line.id: made.get(line.id, frozenset()) for line in self.line_ids}
        participants = self.user_ids.ids
        left = set().union(*having.values()).difference(participants)
        if left:
            goals.search([("challenge_id", "=", self.id), ("user_id", "in", list(left))]).unlink()
        missing = [
            {**self._prepare_goal_vals(line, period), "user_id": user_id}
            for line in self.line_ids
            for user_id in participants
            if user_id not in having[line.id]
        ]
        goals.create(missing).with_env(self.env).update_goal()

    def _prepare_goal_vals(self, line, period):
        """As Odoo prepares them: not reached before they are counted."""
        vals = {
            "definition_id": line.definition_id.id,
            "line_id": line.id,
            "target_goal": line.target_goal,
            "state": "inprogress",
            "current": untouched(line.condition, line.target_goal),
        }
        if period.start:
            vals["start_date"] = period.start
        if period.end:
            vals["end_date"] = period.end
        if self.remind_update_delay:
            vals["remind_update_delay"] = self.remind_update_delay
        return vals
