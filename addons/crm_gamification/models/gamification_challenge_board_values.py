from datetime import timedelta

from odoo import fields, models

from ..board.standing import Tally, sharing
from ..goals.judging import OPEN
from ..goals.periods import ONCE, ONE_DAY, Period, period_of


class GamificationChallenge(models.Model):
    """Figures of a board, counted when somebody looks: nothing is written."""

    _inherit = "gamification.challenge"

    def _get_board_period(self, offset):
        """The period that runs, or ran when the challenge ended, or one so many periods before (negative)."""
        if self.period == ONCE:
            return self._get_period()
        day = fields.Date.today()
        if self.state == "done":
            day = min(day, self.end_date or self.rewarded_until or day)
        period = period_of(self.period, day)
        for _step in range(-offset):
            period = period_of(self.period, period.start - ONE_DAY)
        return period

    def _get_same_point(self, period):
        """The period before as far as this one has come, None where there is none."""
        if self.period == ONCE:
            return None
        before = period_of(self.period, period.start - ONE_DAY)
        if period.end <= fields.Date.today():
            return before
        gone = fields.Date.today() - period.start
        return Period(before.start, min(before.start + max(gone, timedelta(0)), before.end))

    def _get_board_entries(self, period):
        """({Person: (Tally, …)}, {Person: moment}) of all participants; moments only where figures are equal.

        The queries depend on the number of lines, not on that of people.
        """
        goals = self._get_board_goals(period)
        values = {line: self._get_board_values(line, theirs) for line, theirs in goals.items()}
        earlier = self._get_earlier_values(period)
        entries = {
            person: tuple(
                Tally(
                    line.id,
                    line.condition,
                    goals[line][user].target_goal,
                    values[line][user],
                    earlier.get(line, {}).get(user),
                    line.weight,
                    line.definition_id._is_average(),
                )
                for line in self.line_ids
            )
            for user, person in self._get_board_people(self.user_ids).items()
        }
        equal = {person.id: person for person in sharing(entries)}
        tied = self.env["gamification.goal"].concat(
            *(goal for theirs in goals.values() for user, goal in theirs.items() if user.id in equal)
        )
        return entries, {equal[user.id]: moment for user, moment in tied._get_moments().items()}

    def _get_board_goals(self, period):
        """{line: {user: goal}}: those that the job has made, which know each person's own target, or such ones."""
        made = {
            (goal.line_id, goal.user_id): goal
            for goal in reversed(self.env["gamification.goal"].search(self._get_goals_domain(period)))
        }
        return {
            line: {user: made.get((line, user)) or self._new_goal(line, user, period) for user in self.user_ids}
            for line in self.line_ids
        }

    def _get_earlier_values(self, period):
        """{line: {user: value}} at the same point of the period before, for lines that are counted by date."""
        point = self._get_same_point(period)
        lines = self.line_ids.filtered(lambda line: line.definition_id._is_counted() and line.definition_id._is_dated())
        if not point:
            return {}
        return {
            line: self._get_board_values(line, {user: self._new_goal(line, user, point) for user in self.user_ids})
            for line in lines
        }

    def _get_board_values(self, line, goals):
        """{user: value} as of now where it can be counted for everybody at once, otherwise as it was last."""
        if line.definition_id._is_counted():
            found = line.definition_id._values_of(self.env["gamification.goal"].concat(*goals.values()))
            return {user: found[goal] for user, goal in goals.items()}
        return {user: goal.current for user, goal in goals.items()}

    def _new_goal(self, line, user, period):
        """A goal that only stands in memory."""
        return self.env["gamification.goal"].new(
            {
                "definition_id": line.definition_id.id,
                "line_id": line.id,
                "user_id": user.id,
                "target_goal": line.target_goal,
                "current": 0.0,
                "state": OPEN,
                "start_date": period.start,
                "end_date": period.end,
            }
        )
