from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.crm_core.tests.common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestGamificationRights(CrmCoreCase):
    def _challenge_vals(self):
        definition = self.env.ref("gamification_sale_crm.definition_crm_nbr_new_leads")
        return {
            "name": "Who wins the most?",
            "user_ids": [(6, 0, (self.users["olga"] | self.users["otto"]).ids)],
            "line_ids": [(0, 0, {"definition_id": definition.id, "target_goal": 3})],
        }

    def test_manager_runs_a_challenge(self):
        """A sales manager without administrator rights makes a challenge, starts it, and sees everybody's goals."""
        mona = self.users["mona"]
        self.assertFalse(mona.has_group("base.group_erp_manager"))
        challenge = self.env["gamification.challenge"].with_user(mona).create(self._challenge_vals())
        challenge.action_start()
        goals = self.env["gamification.goal"].with_user(mona).search([("challenge_id", "=", challenge.id)])
        self.assertLessEqual(self.users["olga"] | self.users["otto"], goals.user_id)
        self.assertNotIn(self.users["fred"], goals.user_id, "another company's people stay unseen")
        challenge.action_check()

    def test_others_do_not(self):
        """Salespersons and portal users make no challenge and no badge, a leader none for everybody."""
        for name in ("olga", "lena", "aldo", "petra"):
            with self.subTest(persona=name):
                with self.assertRaises(AccessError):
                    vals = {**self._challenge_vals(), "team_ids": False}
                    self.env["gamification.challenge"].with_user(self.users[name]).create(vals)
                with self.assertRaises(AccessError):
                    self.env["gamification.badge"].with_user(self.users[name]).create({"name": "Mine"})

    def test_goals_of_personas(self):
        """The manager's refresh counts for all; salesperson and leader see their own goals and refresh no challenge."""
        challenge = self.env["gamification.challenge"].create(
            {**self._challenge_vals(), "user_ids": [(6, 0, (self.users["olga"] | self.users["lena"]).ids)]}
        )
        challenge.action_start()
        self.env["crm.lead"].create({"name": "New", "type": "lead", "user_id": self.users["olga"].id})
        challenge.with_user(self.users["mona"])._update_all()
        for name, value in (("olga", 2), ("lena", 0)):  # of this world, Olga had one before
            with self.subTest(persona=name):
                user = self.users[name]
                own = self.env["gamification.goal"].with_user(user).search([("challenge_id", "=", challenge.id)])
                self.assertEqual((own.user_id, own.current), (user, value))
                [line] = challenge.with_user(user)._get_serialized_challenge_lines(user)
                self.assertEqual(line["current"], value)
                with self.assertRaises(AccessError):
                    challenge.with_user(user).action_check()

    def test_setting_is_the_administrator_s(self):
        """Neither leader nor salesperson nor sales manager switches what Odoo's goals count."""
        for name in ("olga", "lena", "mona"):
            with self.subTest(persona=name), self.assertRaises(AccessError):
                self.env["res.config.settings"].with_user(self.users[name]).create({"crm_gamification_mend": False})

    def test_definitions_stay_with_administrators(self):
        """A definition may hold Python code: a sales manager can't write one."""
        definition = self.env.ref("gamification_sale_crm.definition_crm_nbr_new_leads")
        with self.assertRaises(AccessError):
            definition.with_user(self.users["mona"]).computation_mode = "python"

    def test_menu(self):
        """Who may lead teams finds challenges and badges under CRM without developer mode; salespersons do not."""
        menus = [self.env.ref(f"crm_gamification.gamification_{name}_menu") for name in ("challenge", "goal", "badge")]
        for name, expected in (("mona", True), ("aldo", True), ("olga", False)):
            visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
            self.assertEqual([menu.id in visible for menu in menus], [expected] * 3, name)
