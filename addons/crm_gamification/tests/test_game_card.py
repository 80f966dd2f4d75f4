from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from odoo.addons.crm_gamification.models.crm_game_badge_rule import BADGES
from odoo.addons.crm_gamification.models.res_users_streak import STREAKS

from .ledger_common import LedgerCase

WHY = "Deal won: the first one, on 03/03/2026."


@tagged("post_install", "-at_install")
class TestGameCard(LedgerCase):
    """Otto won deals in two weeks, has a badge by rule for the first one, and a badge by Olga, who thanks him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.game_allow_unnamed = True
        rule = cls.env.ref("crm_gamification.badge_rule_first")
        cls.grant = cls.env["crm.game.badge.grant"].create(
            {"rule_id": rule.id, "user_id": cls.otto.id, "period": "once", "day": "2026-03-03", "keys": ["deal"]}
        )
        by_rule, by_olga = cls.badges.create(
            [
                {"user_id": cls.otto.id, "badge_id": rule.badge_id.id, "comment": WHY},
                {"user_id": cls.otto.id, "badge_id": cls.medal.id, "comment": "Thanks for the help"},
            ]
        )
        cls.grant.badge_user_id = by_rule
        cls.by_olga = by_olga
        cls.otto._add_karma(120)
        cls.show(True, True)

    def setUp(self):
        super().setUp()
        self.frozen = freeze_time("2026-03-11 12:00:00")
        self.frozen.start()
        self.addCleanup(self.frozen.stop)
        for day in (3, 10):
            with freeze_time(f"2026-03-{day:02} 09:00:00"):
                self.win(self.deal(self.otto))

    @classmethod
    def show(cls, badges, streaks):
        set_param = cls.env["ir.config_parameter"].set_param
        set_param(BADGES, badges)
        set_param(STREAKS, streaks)
        cls.env["res.users"].invalidate_model(["game_card"])

    def card(self, reader, user):
        [values] = user.with_user(self.users[reader]).read(["game_card"])
        return values["game_card"]

    def board(self):
        definition = self.env.ref("crm_gamification.definition_game_won")
        return self.challenge_of(definition, people=self.olga | self.otto, visibility_mode="ranking")

    def test_own(self):
        """In his own profile: rank, what is missing to the next, badges with why, streaks with the longest one."""
        card = self.card("otto", self.otto)
        self.assertEqual((card["rank"], card["karma"]), (self.otto.rank_id.name, self.otto.karma))
        self.assertIn(self.otto.next_rank_id.name, card["next"])
        whys = {badge["name"]: badge["whys"] for badge in card["badges"]}
        self.assertEqual(whys["First Deal"], [WHY])
        self.assertIn("Thanks for the help", whys["Medal"][0])
        self.assertEqual([streak["text"] for streak in card["streaks"]], ["2 weeks in a row with a deal won"])
        self.assertIn("Your longest", card["streaks"][0]["hint"])

    def test_who_sees_it(self):
        """In the form of users: himself, his leader, managers of his company and who manages users; nobody else."""
        for name, sees in (
            ("otto", True),
            ("lena", True),
            ("mona", True),
            ("olga", False),
            ("sara", False),
            ("fred", False),
        ):
            with self.subTest(persona=name):
                self.assertEqual(bool(self.card(name, self.otto)), sees)
        self.assertTrue(self.otto.with_user(self.env.ref("base.user_admin")).game_card)
        self.assertFalse(self.card("petra", self.users["petra"]), "who sells nothing is not in the game")

    def test_switched_off(self):
        """Nothing while both are off; each shows its own part only."""
        self.show(False, False)
        self.assertFalse(self.card("otto", self.otto))
        self.assertFalse(self.challenges.with_user(self.otto).get_leaderboard()["has_cards"])
        self.show(True, False)
        card = self.card("otto", self.otto)
        self.assertTrue(card["badges"])
        self.assertFalse(card["streaks"])
        self.show(False, True)
        card = self.card("otto", self.otto)
        self.assertTrue(card["streaks"])
        self.assertFalse(card["badges"] or card["rank"] or card["karma"])

    def test_from_the_board(self):
        """A colleague's card: no reason of a badge by rule that the reader may not read, no longest streak."""
        board = self.board()
        self.assertTrue(self.challenges.with_user(self.olga).get_leaderboard()["has_cards"])
        for name, reads in (("otto", True), ("lena", True), ("mona", True), ("olga", False)):
            with self.subTest(persona=name):
                card = board.with_user(self.users[name]).get_card(self.otto.id)
                whys = {badge["name"]: badge["whys"] for badge in card["badges"]}
                self.assertEqual(whys["First Deal"], [WHY] if reads else [])
                self.assertEqual(bool(card["streaks"][0]["hint"]), name == "otto")

    def test_strangers(self):
        """Nothing of who stays unnamed, of another company's people, or for who does not see the board."""
        board = self.board()
        self.otto.game_unnamed = True
        with self.assertRaisesRegex(UserError, "by name"):
            board.with_user(self.olga).get_card(self.otto.id)
        self.assertTrue(board.with_user(self.users["lena"]).get_card(self.otto.id))
        with self.assertRaisesRegex(UserError, "by name"):
            board.with_user(self.olga).get_card(self.sara.id)
        for name in ("sara", "fred", "petra", "aldo"):
            with self.subTest(persona=name), self.assertRaises(AccessError):
                board.with_user(self.users[name]).get_card(self.olga.id)

    def test_newest_first(self):
        """A badge given twice is one line with both reasons, and stands first with the newest."""
        again = self.badges.create({"user_id": self.otto.id, "badge_id": self.grant.rule_id.badge_id.id})
        self.env.cr.execute(
            "UPDATE gamification_badge_user SET create_date = %s WHERE id = %s", [fields.Datetime.now(), again.id]
        )
        self.env.cr.execute(
            "UPDATE gamification_badge_user SET create_date = '2026-03-04' WHERE id IN %s",
            [(self.by_olga.id, self.grant.badge_user_id.id)],
        )
        self.env.invalidate_all()
        badges = self.card("otto", self.otto)["badges"]
        self.assertEqual([(badge["name"], badge["count"]) for badge in badges], [("First Deal", 2), ("Medal", 1)])
        self.assertEqual(badges[0]["whys"], ["03/11/2026", WHY])

    def test_queries(self):
        """Three people's cards take no more queries than one's."""
        asked = []
        for people in (self.otto, self.otto, self.people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people._get_game_cards()
            asked.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(asked[2], asked[1] + 1)
