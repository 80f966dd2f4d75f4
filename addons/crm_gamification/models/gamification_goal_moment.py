from datetime import date, datetime, time

from odoo import models

MOMENT = "crm_gamification_moment"


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    def _get_moments(self):
        """{user: when he had his figures}: the moment of the last row that counted for any of his goals.

        One query for each definition and period. Who has no dated rows is not in it.
        """
        moments = {}
        for definition, goals in self.grouped("definition_id").items():
            if not definition.field_date_id or not definition._is_counted():
                continue
            for goal, moment in definition.with_context(**{MOMENT: True})._values_of(goals).items():
                if isinstance(moment, date):
                    moment = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
                    moments[goal.user_id] = max(moment, moments.get(goal.user_id, moment))
        return moments


class GamificationGoalDefinition(models.Model):
    _inherit = "gamification.goal.definition"

    def _is_counted(self):
        """Whether `_values_of` counts it for many people at once; other goals stand as they were last."""
        return self.computation_mode not in ("manually", "python")

    def _is_average(self):
        """Whether figures of a team are a mean of its people's, not their sum."""
        return self.computation_mode == "average"

    def _is_dated(self):
        """Whether what counts depends on the period."""
        return bool(self.field_date_id)

    def _get_aggregate(self):
        """Instead of the figure, when its last row was."""
        if self.env.context.get(MOMENT):
            return f"{self.field_date_id.name}:max"
        return super()._get_aggregate()
