from datetime import UTC, datetime, time

from odoo import fields, models

from ..goals.figures import PROPORTIONAL
from ..goals.judging import CANCELED, OPEN, untouched
from ..goals.periods import ONE_DAY
from ..goals.working_time import proportional, working
from .gamification_goal import FRESH
from .mend import is_mended


class GamificationChallenge(models.Model):
    """Targets that go by the working time of each participant."""

    _inherit = "gamification.challenge"

    target_by_work = fields.Boolean(
        "Targets by Working Time",
        help="Who works part-time or is on leave has that much less to reach, by his own working hours and leaves"
        " beside the company's. Who is away for the whole period has no target and cannot fail. Brought up to date"
        " each night. Rates, averages and what is counted for a team stay as they are.",
    )

    def _generate_goals_from_challenge(self):
        result = super()._generate_goals_from_challenge()
        if is_mended(self.env):
            for challenge in self._as_the_job()._get_fitted():
                challenge._fit_targets()
                challenge._commit_in_job()
        return result

    def _get_fitted(self):
        """Those whose targets go by working time, and those with goals from when they did."""
        fitted = self.filtered("target_by_work")
        goals = self.env["gamification.goal"]
        domain = [("challenge_id", "in", (self - fitted).ids), ("closed", "=", False), ("full_days", ">", 0)]
        return fitted.union(*(challenge for (challenge,) in goals._read_group(domain, ["challenge_id"])))

    def _fit_targets(self):
        """Give the goals of the running period the targets that go with their people's working time."""
        period = self._get_period()
        is_fitted = self.target_by_work and period.start and period.end
        domain = [*self._get_goals_domain(period), ("closed", "=", False)]
        goals = self.env["gamification.goal"].search(domain if is_fitted else [*domain, ("full_days", ">", 0)])
        known = self._get_working(goals.user_id, period) if is_fitted else {}
        changed = goals.browse()
        for goal in goals:
            fitted = goal._fitted(known.get(goal.user_id))
            values = {name: value for name, value in fitted.items() if goal[name] != value}
            if values:
                goal.with_context(no_remind_goal=True).write(values)
                changed |= goal
        counted = changed.filtered(lambda goal: goal.state != CANCELED)
        counted.with_context(**{FRESH: ()}).update_goal()

    def _get_working(self, users, period):
        """{user: Working} in a period; of who has no working hours those of his company hold."""
        return {user: working(own, full) for user, (own, full) in self._get_working_hours(users, period).items()}

    def _get_working_hours(self, users, period):
        """{user: (his own intervals, those of his company)}; nobody of a company without working hours."""
        start = datetime.combine(period.start, time.min, UTC)
        end = datetime.combine(period.end + ONE_DAY, time.min, UTC)
        found = {}
        for company, people in users.sudo().grouped("company_id").items():
            calendar = company.resource_calendar_id
            if not calendar:
                continue
            full = _intervals(calendar._work_intervals_batch(start, end)[False])
            resources = {
                user: user.resource_ids.filtered(lambda one, its=company: one.company_id == its)[:1] for user in people
            }
            own = {}
            having = self.env["resource.resource"].sudo().union(*resources.values())
            for hours, theirs in having.grouped(lambda one, usual=calendar: one.calendar_id or usual).items():
                own.update(hours._work_intervals_batch(start, end, resources=theirs))
            for user, resource in resources.items():
                found[user] = (_intervals(own[resource.id]) if resource else full, full)
        return found


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    own_days = fields.Integer("Own Working Days", readonly=True)
    full_days = fields.Integer("Working Days", readonly=True)
    is_paused = fields.Boolean("Away", readonly=True, help="Away for the whole period: no target, and no failing.")
    working_days = fields.Char("Working Time", compute="_compute_working_days")

    def _compute_working_days(self):
        for goal in self:
            goal.working_days = False
            if goal.is_paused:
                goal.working_days = self.env._("Away for the whole period: nothing to reach")
            elif goal.full_days and goal.target_goal != goal.line_id.target_goal:
                goal.working_days = self.env._(
                    "Target %(target)g of %(full)g: %(own)s of %(all)s working days",
                    target=goal.target_goal,
                    full=goal.line_id.target_goal,
                    own=goal.own_days,
                    all=goal.full_days,
                )

    def _fitted(self, found):
        """What this goal's fields are by the working time of its person (None: by no working time)."""
        full = self.line_id.target_goal
        values = {"own_days": 0, "full_days": 0, "is_paused": False, "target_goal": full}
        if found:
            values.update(own_days=found.own_days, full_days=found.full_days, is_paused=found.is_away)
            if self._is_proportional():
                values["target_goal"] = proportional(full, found.share, not self.definition_id.monetary)
        if values["is_paused"]:
            values.update(state=CANCELED, target_goal=full, current=untouched(self.definition_condition, full))
        elif self.is_paused:
            values["state"] = OPEN
        return values

    def _is_proportional(self):
        definition = self.definition_id
        if definition.condition != "higher":
            return False
        if definition.computation_mode == "game":
            return definition.game_figure in PROPORTIONAL
        return definition.computation_mode in ("count", "sum", "manually")


def _intervals(found):
    return [(start, stop) for start, stop, _record in found]
