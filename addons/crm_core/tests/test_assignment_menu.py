from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestAssignmentMenu(CrmCoreCase):
    def test_count_is_the_list(self):
        """The number of waiting leads equals the list behind it: the team's own, and those without team that fit."""
        self.env["crm.lead"].create(
            [
                {"name": "match me", "user_id": False, "team_id": False, "city": "Testville"},
                {"name": "elsewhere", "user_id": False, "team_id": False, "city": "Elsewhere"},
                {"name": "our own", "user_id": False, "team_id": self.north.id, "city": "Elsewhere"},
                {"name": "other team", "user_id": False, "team_id": self.south.id, "city": "Testville"},
                {"name": "taken", "user_id": self.users["olga"].id, "team_id": self.north.id, "city": "Testville"},
            ]
        )
        self.north.assignment_domain = "[('city', '=', 'Testville')]"
        listed = self.env["crm.lead"].search(self.north.action_open_matching_leads()["domain"])
        self.assertEqual(set(listed.mapped("name")), {"match me", "our own", "north_nobody"})
        self.assertEqual(self.north.lead_matching_count, 3)

    def test_broken_filter(self):
        """A filter whose field is gone says so; the other teams' counts still come."""
        self.env.cr.execute(
            "UPDATE crm_team SET assignment_domain = %s WHERE id = %s", ("[('no_such_field', '=', 1)]", self.north.id)
        )
        self.env.invalidate_all()
        self.assertIn("no longer works", self.north.assignment_domain_error)
        self.assertEqual(self.north.lead_matching_count, 0)
        self.assertFalse(self.south.assignment_domain_error)
        self.assertFalse(self.env["crm.lead"].search(self.north.action_open_matching_leads()["domain"]))

    def test_room_left(self):
        """Room is the maximum less what was given in 30 days, never below zero, none while paused."""
        olga, otto = self.north.crm_team_member_ids.sorted(lambda member: member.user_id.login)
        olga.assignment_max, otto.assignment_max = 5, 0
        self.assertEqual((olga.assignment_room, otto.assignment_room), (4, 0))
        olga.assignment_optout = True
        self.assertEqual(olga.assignment_room, 0)

    def test_menus_for_managers(self):
        """Managers see Leads Management and Stages without developer mode and without leads; salespersons do not."""
        menus = [
            self.env.ref("crm_core.crm_team_assignment_menu"),
            self.env.ref("crm_core.crm_team_member_assignment_menu"),
            self.env.ref("crm.menu_crm_lead_stage_act"),
        ]
        self.assertFalse(self.users["mona"].has_group("crm.group_use_lead"))
        for name, expected in (("mona", menus), ("olga", [])):
            visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
            self.assertEqual([menu for menu in menus if menu.id in visible], expected, name)
        # leaders may see the teams' menu, where an addon lets them share out leads
        visible = self.env["ir.ui.menu"].with_user(self.users["aldo"])._visible_menu_ids()
        self.assertFalse({menus[1].id, menus[2].id} & visible)
