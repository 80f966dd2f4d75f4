from odoo import api, models
from odoo.exceptions import UserError


class GamificationChallenge(models.Model):
    """Who somebody on a board is."""

    _inherit = "gamification.challenge"

    @api.readonly
    def get_card(self, user_id):
        """Rank, badges and streaks of somebody whom the reader sees on this board by name; False while both are off."""
        self.ensure_one()
        reader = self._get_board_reader()
        user = self._check_board(reader)._find_named(user_id, reader)
        if not user:
            raise UserError(self.env._("This person does not stand on the leaderboard by name any more."))
        return user._get_game_cards().get(user, False)
