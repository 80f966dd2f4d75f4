from odoo import fields, models

from .res_company import TOGETHER
from .rule_parameters import PAUSED


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_scoring_rules_paused = fields.Boolean("Pause the Scoring Rules", config_parameter=PAUSED)
    crm_scoring_together = fields.Boolean("Companies Learn Together", config_parameter=TOGETHER)

    def set_values(self):
        rules = self.env["crm.scoring.rule"]
        was_paused = bool(self.env["ir.config_parameter"].sudo().get_param(PAUSED))
        result = super().set_values()
        if was_paused != self.crm_scoring_rules_paused:
            self.env.registry.clear_cache()
            if was_paused:
                rules._score_all()
        return result
