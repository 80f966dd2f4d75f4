from datetime import datetime

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..goals.figures import KINDS, RATES
from .crm_game_entry_figures import UNATTENDED

MEANS = (*RATES, "biggest", "best", "relay")  # what people have can't be added up to what a team has


class GamificationGoalDefinition(models.Model):
    """Leaderboards of goals by the ledger."""

    _inherit = "gamification.goal.definition"

    def _is_average(self):
        return super()._is_average() or (self.computation_mode == "game" and self.game_figure in MEANS)

    def _get_leads_domain(self, user, period):
        """The leads of the entries that a figure is made of."""
        if self.computation_mode != "game":
            return super()._get_leads_domain(user, period)
        if self.game_figure == "clean":
            return Domain("user_id", "=", user.id) & Domain("attention_state", "in", UNATTENDED)
        counted = Domain("counts", "=", True) & Domain("user_id", "=", user.id)
        counted &= Domain("kind", "in", KINDS[self.game_figure]) & self._get_days_domain(period)
        entries = self.env["crm.game.entry"].sudo().search(counted)
        return Domain("id", "in", entries.lead_id.ids)


class GamificationGoal(models.Model):
    _inherit = "gamification.goal"

    def _get_moments(self):
        """By the ledger: when the last of one's entries was made that count."""
        game = self.filtered(lambda goal: goal.computation_mode == "game" and goal.definition_id.field_date_id)
        moments = super(GamificationGoal, self - game)._get_moments()
        ledger = self.env["crm.game.entry"].sudo()
        for (start, end, figure), goals in game.grouped(_period).items():
            rows = self.env.execute_query(
                SQL(
                    "SELECT user_id, max(moment) FROM crm_game_entry"
                    " WHERE counts AND kind = ANY(%s) AND user_id = ANY(%s) AND %s GROUP BY user_id",
                    list(KINDS[figure]),
                    goals.user_id.ids,
                    ledger._within(start, end),
                )
            )
            for user_id, moment in rows:
                user = self.env["res.users"].browse(user_id)
                moments[user] = max(moment, moments.get(user, datetime.min))
        return moments


def _period(goal):
    return goal.start_date, goal.end_date, goal.definition_id.game_figure
