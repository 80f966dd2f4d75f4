from datetime import timedelta

from odoo import fields, models

# days from the first to the last day of a week, as Odoo's weeks go and as ours do
STOCK_WEEK, WEEK = 7, 6


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    def _fit_weeks(self, is_on):
        """Let the goals of the running week end as weeks end now: on Sunday, or with Odoo a day later."""
        before, after = (STOCK_WEEK, WEEK) if is_on else (WEEK, STOCK_WEEK)
        running = self.search(
            [
                ("challenge_id.period", "=", "weekly"),
                ("closed", "=", False),
                ("start_date", "!=", False),
                ("end_date", ">=", fields.Date.today()),
            ]
        ).filtered(lambda goal: goal.end_date - goal.start_date == timedelta(days=before))
        for start, goals in running.grouped("start_date").items():
            goals.write({"end_date": start + timedelta(days=after)})
        running.flush_recordset(["end_date"])  # Odoo's own goals are looked up in SQL
