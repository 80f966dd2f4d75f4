from odoo import fields, models
from odoo.tools import SQL


class GamificationGoal(models.Model):
    """Goals by the ledger are counted together and written in one statement."""

    _inherit = "gamification.goal"

    def _update_counted(self):
        game = self.filtered(lambda goal: goal.computation_mode == "game")
        game._update_game()
        return super(GamificationGoal, self - game)._update_counted()

    def _update_game(self):
        if not self:
            return
        values = self.definition_id._game_values(self)
        changes = {goal: goal._changes_with(value) for goal, value in values.items()}
        changes = {goal: change for goal, change in changes.items() if change}
        told = {goal for goal in changes if goal.challenge_id.report_message_frequency == "onchange"}
        self._write_changes({goal: changes[goal] for goal in told})
        self._write_at_once({goal: change for goal, change in changes.items() if goal not in told})
        self.env["gamification.challenge"]._commit_in_job()

    def _write_at_once(self, changes):
        """One statement for all: changes: {goal: {field: value}} of what is counted. Nobody is told of them."""
        if not changes:
            return
        names = ("current", "state", "closed")
        self.flush_model(names)
        rows = [(goal.id, *(change.get(name, goal[name]) for name in names)) for goal, change in changes.items()]
        ids, current, states, closed = (list(column) for column in zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                UPDATE gamification_goal goal
                   SET current = v.current, state = v.state, closed = v.closed, last_update = %s, write_date = %s
                  FROM unnest(%s::int[], %s::float8[], %s::varchar[], %s::bool[]) AS v(id, current, state, closed)
                 WHERE goal.id = v.id
                """,
                fields.Date.today(),
                self.env.cr.now(),
                ids,
                current,
                states,
                closed,
            )
        )
        self.browse(ids).invalidate_recordset([*names, "last_update", "write_date"], flush=False)
