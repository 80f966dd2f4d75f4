from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    game_board_figures = fields.Selection(
        [("points", "Points"), ("money", "Money")],
        string="Boards Show",
        default="points",
        required=True,
    )
    game_allow_unnamed = fields.Boolean("People May Stay Unnamed")
