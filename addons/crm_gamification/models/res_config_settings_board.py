from odoo import fields, models

from .live import LIVE


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_gamification_live = fields.Boolean("Live Leaderboard", config_parameter=LIVE)
    game_board_figures = fields.Selection(related="company_id.game_board_figures", readonly=False)
    game_allow_unnamed = fields.Boolean(related="company_id.game_allow_unnamed", readonly=False)
