from odoo import models

from ..models.mend import is_mended


class GamificationGoalWizard(models.TransientModel):
    _inherit = "gamification.goal.wizard"

    def action_update_current(self):
        """Record the value; Odoo's own writes a field as well that goals do not have, and fails."""
        if not is_mended(self.env):
            return super().action_update_current()
        for wizard in self:
            wizard.goal_id.write({"current": wizard.current, "to_update": False})
            wizard.goal_id.update_goal()
        return False
