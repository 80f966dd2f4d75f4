from odoo import fields, models

from .mend import MEND, is_mended


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_gamification_mend = fields.Boolean("Right Goals and Rewards", config_parameter=MEND)

    def set_values(self):
        before = is_mended(self.env)
        result = super().set_values()
        if self.crm_gamification_mend != before:
            self.env["gamification.challenge"]._switch_mend(self.crm_gamification_mend)
        return result
