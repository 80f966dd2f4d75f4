from datetime import date

from odoo.tests import HttpCase, tagged

from .common_board import BoardCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestLeaderboardTour(BoardCase, HttpCase):
    def test_leaderboard(self):
        """A salesperson finds her place, looks at teams and the wall screen, and opens the deals behind her figure."""
        self.switch(True)
        self.challenges.search([]).state = "done"
        self.board_challenge()
        self.deals(self.olga, date.today(), 2)
        self.start_tour("/odoo/leaderboard", "crm_gamification_leaderboard", login="core_olga")
