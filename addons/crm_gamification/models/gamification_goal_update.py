from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    def _update_counted(self):
        """Count goals in bulk, definition by definition: who has no rows counts too, with nothing."""
        for definition, goals in self.grouped("definition_id").items():
            values = definition._values_of(goals)
            changes = {}
            for goal in goals:
                changes.update(goal._get_write_values(values[goal]))
            goals._write_changes(changes)
            self.env["gamification.challenge"]._commit_in_job()

    @api.model
    def _settle_left_over(self):
        """Decide goals that are over and that no running challenge looks after any more."""
        self.search(
            [
                ("closed", "=", False),
                ("state", "=", "inprogress"),
                ("end_date", "<", fields.Date.today()),
                "|",
                ("challenge_id", "=", False),
                ("challenge_id.state", "=", "done"),
            ]
        ).update_goal()

    def _write_changes(self, changes):
        """Write what has changed, equal changes together. changes: {goal: {field: value}}.

        On what was over before yesterday nobody gets a report "on change".
        """
        yesterday = fields.Date.today() - timedelta(days=1)
        together = defaultdict(list)
        for goal, values in changes.items():
            if values:
                is_past = bool(goal.end_date) and goal.end_date < yesterday
                together[is_past, tuple(sorted(values.items()))].append(goal.id)
        for (is_past, values), ids in together.items():
            goals = self.browse(ids).with_prefetch(self._prefetch_ids)
            if is_past:
                goals = goals.with_context(no_remind_goal=True)
            goals.write(dict(values))
