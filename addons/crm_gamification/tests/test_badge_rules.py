from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from odoo.addons.crm_gamification.models.crm_game_badge_rule import BADGES

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestBadgeRules(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["crm.game.badge.rule"]
        cls.grants = cls.env["crm.game.badge.grant"]
        cls.first = cls.env.ref("crm_gamification.badge_rule_first")
        cls.ten = cls.env.ref("crm_gamification.badge_rule_ten")
        cls.biggest = cls.env.ref("crm_gamification.badge_rule_biggest")
        with freeze_time("2026-03-02 09:00:00"):
            cls.rules.search([]).since = False
            cls.env["ir.config_parameter"].set_param(BADGES, False)
            cls.env["res.config.settings"].create({"crm_game_badges": True}).execute()

    def win_at(self, moment, user, **vals):
        with freeze_time(moment):
            lead = self.deal(user, **vals)
            self.win(lead)
        return lead

    def run_rules(self, moment):
        with freeze_time(moment):
            self.rules._cron_badges()

    def test_off_at_first(self):
        """Nothing is given while it is off, and nothing afterwards for what was done before it was on."""
        self.env["res.config.settings"].create({"crm_game_badges": False}).execute()
        self.assertFalse(self.env.ref("crm_gamification.ir_cron_badges").active)
        self.win_at("2026-03-03 09:00:00", self.olga)
        self.run_rules("2026-03-03 10:00:00")
        self.assertFalse(self.given(self.first.badge_id))
        self.win_at("2026-02-02 09:00:00", self.otto)
        self.env["res.config.settings"].create({"crm_game_badges": True}).execute()
        self.run_rules("2026-03-03 11:00:00")
        self.assertEqual(self.given(self.first.badge_id), ["Olga"], "Otto's first was before")

    def test_first_deal(self):
        """Given once, with the reason, with its karma, by Odoo's own badge."""
        karma = self.olga.karma
        self.win_at("2026-03-03 09:00:00", self.olga, name="Secret deal", expected_revenue=7777)
        self.win_at("2026-03-04 09:00:00", self.olga)
        for hour in (10, 11):
            self.run_rules(f"2026-03-04 {hour}:00:00")
        badge = self.badges.search([("badge_id", "=", self.first.badge_id.id)])
        self.assertEqual((badge.user_id, badge.comment), (self.olga, "Deal won: the first one, on 03/03/2026."))
        self.assertEqual(self.olga.karma, karma + self.first.karma)
        grant = self.grants.search([("rule_id", "=", self.first.id)])
        self.assertEqual(grant.why, badge.comment)
        entries = self.ledger.with_user(self.olga).search(grant.with_user(self.olga).action_open_entries()["domain"])
        self.assertEqual(entries.deal, "Secret deal")

    def test_taken_back(self):
        """Lost again, the badge goes and says why; won again it comes back, and never twice."""
        karma = self.olga.karma
        lead = self.win_at("2026-03-03 09:00:00", self.olga)
        self.run_rules("2026-03-03 10:00:00")
        with freeze_time("2026-03-04 09:00:00"):
            self.lose(lead)
        self.run_rules("2026-03-04 10:00:00")
        self.assertEqual((self.given(self.first.badge_id), self.olga.karma), ([], karma))
        grant = self.grants.search([("rule_id", "=", self.first.id)])
        self.assertIn("Taken back", grant.why)
        with freeze_time("2026-03-05 09:00:00"):
            lead.write({"active": True, "stage_id": self.open.id})
            self.commit()
            self.win(lead)
        self.run_rules("2026-03-05 10:00:00")
        self.assertEqual((self.given(self.first.badge_id), self.olga.karma), (["Olga"], karma + self.first.karma))
        self.assertEqual(len(self.grants.search([("rule_id", "=", self.first.id)])), 1)

    def test_not_taken_back(self):
        """A rule may leave it, and a manager may give it back: the job follows him."""
        lead = self.win_at("2026-03-03 09:00:00", self.olga)
        self.run_rules("2026-03-03 10:00:00")
        grant = self.grants.search([("rule_id", "=", self.first.id)])
        self.first.goes_back = False
        with freeze_time("2026-03-04 09:00:00"):
            self.lose(lead)
        self.run_rules("2026-03-04 10:00:00")
        self.assertEqual(grant.state, "given")
        self.first.goes_back = True
        self.run_rules("2026-03-04 11:00:00")
        self.assertEqual(grant.state, "back")
        grant.with_user(self.users["mona"]).action_give_back()
        self.run_rules("2026-03-04 12:00:00")
        self.assertEqual((grant.state, self.given(self.first.badge_id)), ("kept", ["Olga"]))

    def test_manager_takes_back(self):
        """What a manager takes is not given again; salespeople and leaders take and give nothing."""
        self.win_at("2026-03-03 09:00:00", self.olga)
        self.run_rules("2026-03-03 10:00:00")
        grant = self.grants.search([("rule_id", "=", self.first.id)])
        for name in ("olga", "lena", "aldo"):
            with self.subTest(persona=name), self.assertRaises(AccessError):
                grant.with_user(self.users[name]).action_take_back()
        grant.with_user(self.users["mona"]).action_take_back()
        self.run_rules("2026-03-03 11:00:00")
        self.assertFalse(self.given(self.first.badge_id))
        self.assertIn("Taken back by Mona", grant.why)

    def test_who_sees_why(self):
        """Why somebody got it: himself, his leader, managers of his company; rules are the managers' to change."""
        self.win_at("2026-03-03 09:00:00", self.olga)
        self.run_rules("2026-03-03 10:00:00")
        grant = self.grants.search([("rule_id", "=", self.first.id)])
        for name, sees in (("olga", 1), ("lena", 1), ("mona", 1), ("otto", 0), ("sara", 0), ("fred", 0)):
            with self.subTest(persona=name):
                found = self.grants.with_user(self.users[name]).search_count([("id", "=", grant.id)])
                self.assertEqual(found, sees)
        with self.assertRaises(AccessError):
            self.grants.with_user(self.users["petra"]).search([])
        with self.assertRaises(AccessError):
            self.first.with_user(self.users["lena"]).number = 2

    def test_number_in_a_month(self):
        """Two in a month, once for each month; a deal too many changes nothing, one of the two taken back does."""
        self.ten.number = 2
        leads = [self.win_at(f"2026-03-{day:02} 09:00:00", self.olga) for day in (3, 4, 5)]
        self.run_rules("2026-03-06 09:00:00")
        self.assertEqual(self.given(self.ten.badge_id), ["Olga"])
        with freeze_time("2026-03-06 10:00:00"):
            self.lose(leads[0])
        self.run_rules("2026-03-06 11:00:00")
        self.assertEqual(self.given(self.ten.badge_id), ["Olga"], "two are left")
        with freeze_time("2026-03-06 12:00:00"):
            self.lose(leads[1])
        self.run_rules("2026-03-06 13:00:00")
        self.assertEqual(self.given(self.ten.badge_id), [])

    def test_biggest_of_the_quarter(self):
        """Known when the quarter is over; of each company its own."""
        self.win_at("2026-03-03 09:00:00", self.olga, expected_revenue=500)
        self.win_at("2026-03-04 09:00:00", self.otto, expected_revenue=900)
        far = {"team_id": self.far.id, "company_id": self.company_b.id, "expected_revenue": 700}
        self.win_at("2026-03-04 09:00:00", self.users["fred"], **far)
        self.run_rules("2026-03-31 20:00:00")
        self.assertEqual(self.given(self.biggest.badge_id), [])
        self.run_rules("2026-04-01 01:00:00")
        self.assertEqual(self.given(self.biggest.badge_id), ["Fred", "Otto"])

    def test_streak(self):
        """Three weeks in a row: once for that run, however long it grows."""
        rule = self.env.ref("crm_gamification.badge_rule_weeks")
        rule.number = 3
        for moment in ("2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24"):
            self.win_at(f"{moment} 09:00:00", self.olga)
            self.run_rules(f"{moment} 10:00:00")
        self.assertEqual(self.given(rule.badge_id), ["Olga"])
        self.assertIn("3 weeks in a row", self.grants.search([("rule_id", "=", rule.id)]).why)

    def test_badges_by_colleagues(self):
        """Badges by rule are nobody's to send; others keep Odoo's own limits."""
        with self.assertRaisesRegex(UserError, "can not be sent by users"):
            self.badges.with_user(self.otto).create({"badge_id": self.first.badge_id.id, "user_id": self.olga.id})
        limited = self.env["gamification.badge"].create({"name": "Thanks", "rule_max": True, "rule_max_number": 1})
        vals = {"badge_id": limited.id, "user_id": self.olga.id}
        self.badges.with_user(self.otto).create(vals)
        with self.assertRaisesRegex(UserError, "too many time"):
            self.badges.with_user(self.otto).create(vals)
