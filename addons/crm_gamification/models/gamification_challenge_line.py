from odoo import fields, models


class GamificationChallengeLine(models.Model):
    _inherit = "gamification.challenge.line"

    weight = fields.Float(
        default=1.0,
        help="How much this goal counts beside the challenge's other goals: one of weight 2 counts twice as much.",
    )

    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "The weight of a goal can't be below zero.")
