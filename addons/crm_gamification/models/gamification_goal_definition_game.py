from odoo import fields, models

from ..goals.figures import RATES


class GamificationGoalDefinition(models.Model):
    """Goals that count by the ledger."""

    _inherit = "gamification.goal.definition"

    computation_mode = fields.Selection(
        selection_add=[("game", "Automatic: by the ledger")],
        ondelete={"game": "cascade"},
    )
    game_figure = fields.Selection(
        [
            ("won", "Deals won"),
            ("money", "Money won"),
            ("biggest", "Biggest deal"),
            ("won_rate", "Share of deals won"),
            ("customers", "New customers"),
            ("winbacks", "Win-backs"),
            ("meetings", "Meetings held"),
            ("calls", "Calls"),
            ("answer", "Hours to the first answer"),
            ("closing", "Days off the foreseen closing"),
            ("steps", "Next steps kept"),
            ("clean", "Unattended leads"),
            ("best", "Deals won, of one's own best month"),
            ("relay", "Deals won by one's team"),
        ],
        string="What Counts",
    )

    _check_game_figure = models.Constraint(
        "CHECK(computation_mode != 'game' OR game_figure IS NOT NULL)", "Say what counts by the ledger."
    )

    def _values_of(self, goals):
        if self.computation_mode != "game":
            return super()._values_of(goals)
        return self._game_values(goals)

    def _game_values(self, goals):
        """{goal: number or None}, one query for all definitions, challenges and people of a period."""
        values, ledger = {}, self.env["crm.game.entry"].sudo()
        for (start, end, least, _runners), theirs in goals.grouped(_asked).items():
            names = set(theirs.definition_id.mapped("game_figure"))
            found = ledger._figures(names, theirs.user_id, start, end, least)
            for goal in theirs:
                values[goal] = found[goal.definition_id.game_figure][goal.user_id.id]
        return values


def _asked(goal):
    """Goals of one period are asked together; a relay is run by those of one challenge, a rate has its own least."""
    figure = goal.definition_id.game_figure
    least = goal.challenge_id.least_number if figure in RATES else 0
    return goal.start_date, goal.end_date, least, goal.challenge_id.id if figure == "relay" else False
