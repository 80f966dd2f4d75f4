from odoo import models
from odoo.exceptions import AccessError

from .gamification_challenge_teams import ADMINISTRATOR, MANAGER
from .mend import is_mended

FIGURES = frozenset(("current", "state", "closed", "target_goal", "start_date", "end_date", "line_id"))


class GamificationGoal(models.Model):
    """Odoo lets participants write goals: what is counted is not theirs to say."""

    _inherit = "gamification.goal"

    def write(self, vals):
        if not FIGURES.isdisjoint(vals) and not self.env.su and is_mended(self.env):
            self._check_fair(vals)
        return super().write(vals)

    def _check_fair(self, vals):
        user = self.env.user
        if user.has_group(MANAGER) or user.has_group(ADMINISTRATOR):
            return
        goals = self.sudo()
        own = goals.filtered(lambda goal: goal.computation_mode == "manually" and goal.user_id == user)
        if own and not {"current", "state", "closed"}.issuperset(FIGURES.intersection(vals)):
            own = own.browse()
        led = goals.filtered(lambda goal: goal.challenge_id.team_ids and goal.challenge_id.team_ids.user_id == user)
        if goals - own - led:
            raise AccessError(
                self.env._("This figure is counted, nobody can write it. If something is wrong, ask your manager.")
            )
