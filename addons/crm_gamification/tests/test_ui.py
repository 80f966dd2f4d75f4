from datetime import date, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tests.common import freeze_time

from .common_board import BoardCase
from .ledger_common import LedgerCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestLeaderboardTour(BoardCase, HttpCase):
    def test_leaderboard(self):
        """A salesperson finds her place, looks at teams and the wall screen, and opens the deals behind her figure."""
        self.switch(True)
        self.challenges.search([]).state = "done"
        self.board_challenge()
        self.deals(self.olga, date.today(), 2)
        self.start_tour("/odoo/leaderboard", "crm_gamification_leaderboard", login="core_olga")


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestGalleryTour(LedgerCase, HttpCase):
    def test_three_clicks(self):
        """A leader opens the gallery, uses a ready challenge, sees how last month would have ended, and starts it."""
        before = date.today().replace(day=1) - timedelta(days=10)
        with freeze_time(f"{before} 09:00:00"):
            self.win(self.deal(self.otto))
        self.start_tour(
            "/odoo/action-crm_gamification.crm_game_template_action", "crm_gamification_gallery", login="core_lena"
        )
        challenge = self.challenges.search([("name", "=", "Who closes the most deals?")], order="id desc", limit=1)
        self.assertEqual((challenge.state, challenge.team_ids), ("inprogress", self.north))
