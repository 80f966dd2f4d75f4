from odoo import fields, models

from .crm_game_badge_rule import BADGES
from .res_users_streak import STREAKS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_game_streaks = fields.Boolean("Streaks", config_parameter=STREAKS)
    crm_game_badges = fields.Boolean("Badges by Rule", config_parameter=BADGES)
    game_week_mail = fields.Boolean(related="company_id.game_week_mail", readonly=False)
    game_week_day = fields.Selection(related="company_id.game_week_day", readonly=False)
    game_week_hour = fields.Float(related="company_id.game_week_hour", readonly=False)

    def set_values(self):
        before = bool(self.env["ir.config_parameter"].sudo().get_param(BADGES))
        result = super().set_values()
        if self.crm_game_badges != before:
            self.env["crm.game.badge.rule"].sudo()._switch(self.crm_game_badges)
        return result
