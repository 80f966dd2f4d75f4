from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_board import BoardCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestBoardRights(BoardCase):
    def setUp(self):
        super().setUp()
        self.switch(True)
        self.company_a.game_board_figures = "points"
        self.company_a.game_allow_unnamed = False

    def _sees(self, challenge):
        """Names of the personas who see this board."""
        found = set()
        for name, user in self.users.items():
            challenge_of = self.challenges.with_user(user)
            listed = challenge.id in {board["id"] for board in challenge_of.get_leaderboard()["boards"]}
            try:
                challenge.with_user(user).get_board()
            except AccessError:
                self.assertFalse(listed, name)
            else:
                self.assertTrue(listed, name)
                found.add(name)
        return found

    def test_who_sees_a_board(self):
        """Who takes part, whose team mates do, their leader, managers of their company; nobody else."""
        for people, expected in (
            ("olga", {"olga", "otto", "lena", "mona"}),
            ("sara", {"sara", "mona"}),
            ("lena", {"lena", "mona"}),
            ("fred", {"fred"}),
        ):
            with self.subTest(people=people):
                self.assertEqual(self._sees(self.board_challenge(people=self.users[people])), expected)

    def test_own_goals_only(self):
        """A challenge that shows people their own goals has no board, not even for managers."""
        self.assertEqual(self._sees(self.challenge(visibility_mode="personal")), set())

    def test_another_company(self):
        """In a challenge of two companies nobody sees a row of the other one; places are those of all."""
        challenge = self.board_challenge(people=self.olga | self.users["fred"])
        self.deals(self.users["fred"], "2026-03-09", 2)
        self.deals(self.olga, "2026-03-09", 1)
        self.assertEqual(self.seen(challenge, "olga", "name", "place"), [("Olga", 2)])
        self.assertEqual(self.seen(challenge, "fred", "name", "place"), [("Fred", 1)])
        self.assertEqual(self.seen(challenge, "mona", "name", "place"), [("Olga", 2)])

    def test_amounts(self):
        """Amounts stand where the reader may read all the deals, or the company shows money; else points."""
        challenge = self.board_challenge(target=1000, definition=self.money())
        self.sold(self.olga, "2026-03-09", 500)
        self.sold(self.otto, "2026-03-09", 750)
        self.sold(self.sara, "2026-03-09", 100)
        for name, shown in (("olga", False), ("sara", False), ("lena", False), ("mona", True)):
            with self.subTest(persona=name):
                told = str(
                    [(row["figure"], row["target"], row["gap"], row["trend"]) for row in self.rows(challenge, name)]
                )
                self.assertEqual([amount in told for amount in ("500", "750", "1,000")], [shown] * 3)
        own = {row["name"]: row for row in self.rows(challenge, "olga")}
        self.assertEqual([own[name]["figure"] for name in ("Otto", "Olga")], ["75 points", "50 points"])
        self.assertEqual(own["Olga"]["gap"], "25 points", "an amount would tell Otto's")
        self.assertIn("500", own["Olga"]["figures"][0]["text"], "one's own amount is no secret")
        self.assertNotIn("750", str(own["Otto"]))
        lena = {row["name"]: row["figures"][0]["text"] for row in self.rows(challenge, "lena")}
        self.assertIn("750", lena["Otto"])
        self.assertEqual(lena["Sara"], "10 points")
        self.company_a.game_board_figures = "money"
        self.assertIn("750", str(self.rows(challenge, "olga")))

    def test_amounts_of_teams(self):
        """A team's amount stands for who may read all of its people's deals."""
        challenge = self.board_challenge(target=1000, definition=self.money(), ranked_by="team")
        self.sold(self.otto, "2026-03-09", 750)
        for name, shown in (("olga", False), ("lena", True), ("mona", True)):
            north = next(row for row in self.rows(challenge, name) if row["name"] == "North")
            self.assertEqual("750" in north["figures"][0]["text"], shown, name)

    def test_unnamed(self):
        """Otto stands as a colleague for peers, where the company allows; leader, manager and he himself see him."""
        challenge = self.board_challenge()
        self.deals(self.otto, "2026-03-09")
        self.otto.with_user(self.otto).game_unnamed = True
        self.assertIn("Otto", str(self.rows(challenge, "olga")), "the company does not allow it")
        self.company_a.game_allow_unnamed = True
        for name, is_named in (("olga", False), ("sara", False), ("lena", True), ("mona", True), ("otto", True)):
            row = self.rows(challenge, name)[0]
            with self.subTest(persona=name):
                self.assertEqual("Otto" in str(row), is_named)
                self.assertEqual(row["user_id"], self.otto.id if is_named else False)
                self.assertEqual(str(self.otto.id) in str(row["image"]), is_named)
                self.assertFalse(any(figure["opens"] for figure in row["figures"]) and not is_named)
        keys = {self.rows(challenge, name)[0]["key"] for name in ("olga", "sara")}
        self.assertEqual(len(keys), 1, "the row can move without telling who it is")
        with self.assertRaises(UserError):
            challenge.with_user(self.olga).open_figure(challenge.line_ids.id, self.otto.id)

    def test_shared_readings(self):
        """Whoever has read the board before, each sees what he sees when he reads it alone."""
        challenge = self.board_challenge(target=1000, definition=self.money())
        for user, amount in ((self.otto, 750), (self.olga, 500), (self.sara, 100)):
            self.sold(user, "2026-03-09", amount)
        self.company_a.game_allow_unnamed = self.otto.game_unnamed = self.sara.game_unnamed = True
        self.south.user_id = self.otto  # sees Sara's name, and may not read her deals
        asked = [(name, by) for name in ("olga", "otto", "sara", "lena", "mona") for by in ("person", "team")]
        alone = {(name, by): challenge.with_user(self.users[name]).get_board(by=by) for name, by in asked}
        self.assertNotEqual(alone["olga", "person"], alone["lena", "person"])
        made, make = [], type(challenge)._get_sheet
        self.patch(type(challenge), "_get_sheet", lambda *args: made.append(1) or make(*args))
        for first in range(len(asked)):
            made.clear()
            self.patch(type(challenge), "_get_board_state", lambda _self, first=first: (True, -1, first))
            for name, by in asked[first:] + asked[:first]:
                found = challenge.with_user(self.users[name]).get_board(by=by)
                self.assertEqual(found, alone[name, by], f"{name}, {by}, after {asked[first]}")
            self.assertEqual(len(made), 2, "once of people, once of teams")

    def test_own_choice_only(self):
        """Nobody hides somebody else."""
        with self.assertRaises(AccessError):
            self.otto.with_user(self.olga).game_unnamed = True

    def test_opened_deals(self):
        """A figure opens what the reader may see, whoever's it is; strangers to the board open nothing."""
        challenge = self.board_challenge()
        self.deals(self.otto, "2026-03-09").team_id = self.north
        for name, count in (("otto", 1), ("lena", 1), ("mona", 1), ("olga", 0)):
            user = self.users[name]
            action = challenge.with_user(user).open_figure(challenge.line_ids.id, self.otto.id)
            self.assertEqual(self.env["crm.lead"].with_user(user).search_count(action["domain"]), count, name)
        for name in ("fred", "petra", "aldo"):
            with self.assertRaises(AccessError):
                challenge.with_user(self.users[name]).open_figure(challenge.line_ids.id, self.otto.id)
        opens = {
            (name, row["name"]): row["figures"][0]["opens"]
            for name in ("olga", "lena", "mona")
            for row in self.rows(challenge, name)
        }
        self.assertEqual(
            {key for key, is_open in opens.items() if is_open},
            {
                ("olga", "Olga"),
                ("lena", "Otto"),
                ("lena", "Olga"),
                *(("mona", name) for name in ("Olga", "Otto", "Sara")),
            },
        )

    def test_menu(self):
        """Salespeople find the leaderboard under CRM, and no challenge to change."""
        menus = [
            self.env.ref(f"crm_gamification.{name}_menu") for name in ("crm_leaderboard", "gamification_challenge")
        ]
        for name, expected in (("mona", [True, True]), ("olga", [True, False])):
            visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
            self.assertEqual([menu.id in visible for menu in menus], expected, name)
