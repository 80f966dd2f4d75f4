from odoo import api, fields, models
from odoo.tools import SQL

from ..goals.judging import LOWER, is_reached, judge, untouched
from .mend import is_mended

# in the context: the ids of goals that have just been counted
COUNTED = ("count", "sum", "average", "game")
FRESH = "crm_gamification_fresh"


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    @api.depends("current", "target_goal", "definition_id.condition")
    def _get_completion(self):
        """Where lower is better, a value at its target is complete, as it is reached."""
        super()._get_completion()
        if not is_mended(self.env):
            return
        for goal in self:
            if goal.definition_condition == LOWER and is_reached(LOWER, goal.current, goal.target_goal):
                goal.completeness = 100.0

    def update_goal(self):
        """Whoever refreshes, it counts as Odoo's nightly job does: with all rights.

        Counting reads technical models that people may not read, and with their rights it would give
        figures other than the job's.
        """
        goals = self
        if not self.env.su and (is_mended(self.env) or self.env.user.has_group("sales_team.group_sale_manager")):
            self.check_access("write")
            goals = self.sudo()
        if not is_mended(self.env):
            ours = goals.filtered(lambda goal: goal.computation_mode in ("average", "game"))
            ours._update_counted()
            return super(GamificationGoal, goals - ours).update_goal()
        just_counted = self.env.context.get(FRESH, ())
        if just_counted:
            goals = goals.browse(id_ for id_ in goals._ids if id_ not in just_counted)
        counted = goals._with_definitions(lambda one: one.computation_mode in COUNTED)
        counted._update_counted()
        others = goals - counted
        super(GamificationGoal, others).update_goal()
        others.filtered(lambda goal: goal.computation_mode == "manually")._settle_manual()
        return True

    def _with_definitions(self, wanted):
        """The goals whose definition is wanted, in one query: thousands of them are not read one by one."""
        if not self:
            return self
        self.flush_recordset(["definition_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT definition_id, array_agg(id) FROM gamification_goal WHERE id = ANY(%s) GROUP BY definition_id",
                list(self._ids),
            )
        )
        definitions = self.env["gamification.goal.definition"].browse(row[0] for row in rows).filtered(wanted)
        having = set().union(*(ids for id_, ids in rows if id_ in definitions._ids))
        return self if len(having) == len(self) else self.browse(id_ for id_ in self._ids if id_ in having)

    def _get_write_values(self, new_value):
        """What changes with a new value, None where there is nothing to count: also the state, if only that."""
        if not is_mended(self.env):
            return super()._get_write_values(self._shown(new_value))
        changes = self._changes_with(new_value)
        return {self: changes} if changes else {}

    def _changes_with(self, value):
        is_over = bool(self.end_date) and self.end_date < fields.Date.today()
        verdict = judge(self.definition_condition, self.target_goal, value, self.state, is_over)
        after = {"current": self._shown(value), "state": verdict.state, "closed": self.closed or verdict.closes}
        return {name: figure for name, figure in after.items() if figure != self[name]}

    def _shown(self, value):
        return untouched(self.definition_condition, self.target_goal) if value is None else value
