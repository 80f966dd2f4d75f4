from odoo.fields import Command
from odoo.tests import tagged

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestTeams(SuiteCase):
    def test_manager_makes_a_team(self):
        """F16: a manager makes a team with leader, address and member."""
        nora = self._make_user("suite_nora", "Nora Newcomer", "sales_team.group_sale_salesman")
        self.start_tour("/odoo", "crm_suite_new_team", login=self.mara.login)
        team = self.env["crm.team"].search([("name", "=", "Partners")])
        self.assertRecordValues(
            team,
            [
                {
                    "user_id": self.lena.id,
                    "member_ids": nora.ids,
                    "alias_name": "partners",
                    "use_leads": True,
                }
            ],
        )
        self.assertEqual(team.alias_full_name, f"partners@{self.alias_domain.name}")

    def test_pipeline_of_a_team(self):
        """F16: the leader opens a team's pipeline from the overview of teams."""
        self._make_opportunity("Deal of Erik", self.erik)
        self._make_opportunity("Deal of Otto", self.otto)
        self.start_tour("/odoo", "crm_suite_team_pipeline", login=self.lena.login)

    def test_what_a_member_gets_is_his_teams(self):
        """F16: an opportunity given to a member becomes his team's, its stages and defaults with it."""
        deal = self._make_opportunity("Handed over", self.otto)
        self.assertEqual(deal.team_id, self.small_business)
        self.start_tour(
            f"/odoo/action-crm.crm_lead_action_pipeline/{deal.id}",
            "crm_suite_give_to_member",
            login=self.lena.login,
        )
        self.assertRecordValues(deal, [{"user_id": self.erik.id, "team_id": self.enterprise.id}])

    def test_each_team_has_a_process_of_its_own(self):
        """F16: the stages that a team's pipeline shows are the common ones and its own."""
        stages = self.env["crm.stage"]
        shown = {
            team.name: self.env["crm.lead"].with_context(default_team_id=team.id)._read_group_stage_ids(stages, [])
            for team in self.small_business + self.enterprise
        }
        self.assertIn(self.stage_tender, shown["Enterprise"])
        self.assertNotIn(self.stage_tender, shown["Small Business"])
        self.assertLessEqual(self.stage_new + self.stage_won, shown["Small Business"] & shown["Enterprise"])

    def test_member_of_two_teams(self):
        """F16: where belonging to several teams is allowed, a member's leads keep the team they were given to."""
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self.enterprise.member_ids = [Command.link(self.otto.id)]
        deal = self._make_opportunity("In his second team", self.otto, team_id=self.enterprise.id)
        self.assertEqual(deal.team_id, self.enterprise)
        self.assertIn(self.otto, self.small_business.member_ids)
