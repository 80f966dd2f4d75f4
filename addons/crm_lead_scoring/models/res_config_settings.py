from odoo import api, fields, models

from .crm_lead_score_view import COLOR_CARDS
from .res_company import TOGETHER
from .rule_parameters import PAUSED


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_scoring_rules_paused = fields.Boolean("Pause the Scoring Rules", config_parameter=PAUSED)
    crm_scoring_color_cards = fields.Boolean("Color Cards by Score", config_parameter=COLOR_CARDS)
    crm_scoring_together = fields.Boolean("Companies Learn Together", config_parameter=TOGETHER)

    crm_scoring_engine = fields.Selection(related="company_id.crm_scoring_engine", readonly=False)
    is_crm_scoring_possible = fields.Boolean(compute="_compute_is_crm_scoring_possible")

    @api.depends("company_id")
    def _compute_is_crm_scoring_possible(self):
        self.is_crm_scoring_possible = self.env["crm.scoring.model"]._is_learning_possible()

    def set_values(self):
        rules = self.env["crm.scoring.rule"]
        was_paused = bool(self.env["ir.config_parameter"].sudo().get_param(PAUSED))
        result = super().set_values()
        if was_paused != self.crm_scoring_rules_paused:
            self.env.registry.clear_cache()
            if was_paused:
                rules._score_all()
        return result
