from odoo import fields, models

from .res_users_streak import STREAKS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_game_streaks = fields.Boolean("Streaks", config_parameter=STREAKS)
    game_week_mail = fields.Boolean(related="company_id.game_week_mail", readonly=False)
    game_week_day = fields.Selection(related="company_id.game_week_day", readonly=False)
    game_week_hour = fields.Float(related="company_id.game_week_hour", readonly=False)
