from odoo import fields, models

from ..board.sheet import Line


class GamificationGoalDefinition(models.Model):
    """What stands behind a figure: 1 deal, 2 deals."""

    _inherit = "gamification.goal.definition"

    suffix_one = fields.Char(
        "Suffix of One",
        translate=True,
        help="Stands behind a figure of 1: “deal” where the suffix is “deals”. Without it the suffix does.",
    )

    def _tell_line(self):
        return Line(
            self.name, self.suffix or "", self.suffix_one or self.suffix or "", self._is_amount(), self._opens_leads()
        )
