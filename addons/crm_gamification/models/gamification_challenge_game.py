from odoo import fields, models


class GamificationChallenge(models.Model):
    _inherit = "gamification.challenge"

    least_number = fields.Integer(
        "At Least",
        help="Rates and averages are told from so many deals closed, or answers, on: one deal won of one is no rate.",
    )
