from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestLeaderRights(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.definition_won = cls.env.ref("crm_gamification.definition_game_won")
        cls.lena, cls.mona = cls.users["lena"], cls.users["mona"]

    def made_by(self, name, teams=None, **vals):
        return self.challenges.with_user(self.users[name]).create(
            {
                "name": "Most deals",
                "period": "monthly",
                "team_ids": [Command.set((self.north if teams is None else teams).ids)],
                "line_ids": [Command.create({"definition_id": self.definition_won.id, "target_goal": 1})],
                **vals,
            }
        )

    def test_leader_runs_a_challenge(self):
        """A leader makes, starts, refreshes and ends a challenge of his team, and sees his members' goals."""
        self.assertFalse(self.lena.has_group("base.group_erp_manager"))
        self.win(self.deal(self.olga))
        challenge = self.made_by("lena", reward_id=self.badge.id)
        self.assertEqual(challenge.user_ids, self.olga | self.otto)
        challenge.action_start()
        challenge.action_check()
        goals = self.env["gamification.goal"].with_user(self.lena).search([("challenge_id", "=", challenge.id)])
        self.assertEqual({goal.user_id: goal.current for goal in goals}, {self.olga: 1, self.otto: 0})
        challenge.state = "done"
        self.assertEqual(self.given(self.badge), ["Olga"])

    def test_members_come_and_go(self):
        """Whoever joins takes part the next day, who leaves does not; a leader may choose among his members."""
        challenge = self.made_by("lena")
        challenge.action_start()
        self.give(self.sara, self.north)
        self.run_job(challenge.sudo())
        self.assertEqual(challenge.user_ids, self.olga | self.otto | self.sara)
        chosen = self.made_by("lena", whole_teams=False, user_ids=[Command.set(self.olga.ids)])
        chosen.action_start()
        self.run_job(chosen.sudo())
        self.assertEqual(chosen.user_ids, self.olga)

    def test_own_teams_only(self):
        """A leader makes nothing for other teams, for nobody's team or for strangers, and gives his away to nobody."""
        far = self.users["aldo"]
        for teams in (self.south, self.north | self.south, self.env["crm.team"]):
            with self.subTest(teams.mapped("name")), self.assertRaisesRegex(AccessError, "teams that you lead"):
                self.made_by("lena", teams=teams)
        with self.assertRaises(ValidationError):
            self.made_by("lena", whole_teams=False, user_ids=[Command.set(far.ids)])
        challenge = self.made_by("lena")
        with self.assertRaises(AccessError):
            challenge.team_ids = self.south
        with self.assertRaises(ValidationError):
            challenge.write({"whole_teams": False, "user_ids": [Command.link(far.id)]})
        by_domain = self.made_by("lena", user_domain=repr([("id", "=", far.id)]))
        self.assertEqual(by_domain.user_ids, self.olga | self.otto)

    def test_whose_challenge(self):
        """Own, all, leader of another team: nobody else changes it; a manager does."""
        challenge = self.made_by("lena")
        self.south.user_id = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Leo",
                    "login": "core_leo",
                    "company_id": self.company_a.id,
                    "company_ids": [Command.set(self.company_a.ids)],
                    "group_ids": [Command.link(self.env.ref("crm_core.group_sale_salesman_team").id)],
                }
            )
        )
        self.users["leo"] = self.south.user_id
        for name in ("olga", "sara", "aldo", "leo", "petra"):
            user = self.users[name]
            for act in (
                lambda one: one.write({"name": "Mine"}),
                lambda one: one.action_start(),
                lambda one: one.action_check(),
                lambda one: one.line_ids.write({"target_goal": 0}),
                lambda one: one.unlink(),
            ):
                with self.subTest(persona=name), self.assertRaises(AccessError):
                    act(challenge.with_user(user))
        self.made_by("leo", teams=self.south)
        challenge.with_user(self.mona).action_start()
        challenge.with_user(self.mona).line_ids.target_goal = 2

    def test_companies(self):
        """A challenge of another company's team is not there for a manager of this one."""
        far = self.made_by("mona", teams=self.north)
        far.sudo().team_ids = self.far
        with self.assertRaises(AccessError):
            far.with_user(self.mona).write({"name": "Mine"})
        self.assertFalse(self.challenges.with_user(self.mona).search([("id", "=", far.id)]))
        self.assertTrue(self.challenges.with_user(self.users["fred"]).search([("id", "=", far.id)]))

    def test_nobody_writes_figures(self):
        """A participant can't write what is counted, nor a colleague's; he records what is his to record."""
        challenge = self.made_by("lena", visibility_mode="ranking")
        challenge.action_start()
        for user in (self.olga, self.otto):
            goal = self.goal_of(challenge, user).with_user(self.olga)
            for vals in ({"current": 99}, {"state": "reached"}, {"target_goal": 0}, {"closed": True}):
                with self.subTest(vals), self.assertRaises(AccessError):
                    goal.write(vals)
        goal.update_goal()
        manual = self.definition(computation_mode="manually", batch_mode=False)
        by_hand = self.challenge_of(manual, target=3)
        self.goal_of(by_hand, self.olga).with_user(self.olga).write({"current": 3})
        self.assertEqual(self.goal_of(by_hand, self.olga).current, 3)
        with self.assertRaises(AccessError):
            self.goal_of(by_hand, self.olga).with_user(self.olga).write({"target_goal": 1})

    def test_menus(self):
        """Leaders find challenges and badges under CRM; salespeople the ledger."""
        for name, expected in (("lena", {"challenge", "badge", "entry"}), ("olga", {"entry"})):
            visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
            menus = {
                "challenge": self.env.ref("crm_gamification.gamification_challenge_menu"),
                "badge": self.env.ref("crm_gamification.gamification_badge_menu"),
                "entry": self.env.ref("crm_gamification.crm_game_entry_menu"),
            }
            self.assertEqual({key for key, menu in menus.items() if menu.id in visible}, expected, name)
