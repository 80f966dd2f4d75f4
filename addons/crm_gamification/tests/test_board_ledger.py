from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestBoardLedger(LedgerCase):
    def test_board(self):
        """A leaderboard of deals by the ledger is counted when it is looked at; equal ones by who was there first,
        and a click opens the deals that count."""
        with freeze_time("2026-03-10 09:00:00"):
            definition = self.env.ref("crm_gamification.definition_game_won")
            challenge = self.challenge_of(definition, target=5, visibility_mode="ranking")
            self.win(self.deal(self.otto))
        with freeze_time("2026-03-11 09:00:00"):
            lead = self.deal(self.olga)
            self.win(lead)
            small = self.deal(self.olga)
            self.win(small)
            self.lose(small)
            board = challenge.with_user(self.olga).get_board()
            self.assertEqual([row["name"] for row in board["rows"]][:2], ["Otto", "Olga"])
            action = challenge.with_user(self.olga).open_figure(challenge.line_ids.id, self.olga.id)
            found = self.env["crm.lead"].with_user(self.olga).search(action["domain"])
            self.assertEqual(found, lead)
