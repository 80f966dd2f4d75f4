from odoo.tests import tagged

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestPipeline(SuiteCase):
    def test_manager_shapes_the_stages(self):
        """F1: in the pipeline itself a manager adds a stage, renames it, drags it to its place and folds another."""
        self._make_opportunity("Deal of Mara", self.mara)
        self.start_tour("/odoo", "crm_suite_stages", login=self.mara.login)
        demo = self.env["crm.stage"].search([("name", "ilike", "demo")])
        self.assertEqual(demo.name, "Demo given")
        order = self.env["crm.stage"].search([("id", "in", (self.stage_new + demo + self.stage_qualified).ids)])
        self.assertEqual(order.mapped("name"), ["New", "Demo given", "Qualified"])
        self.assertTrue(self.stage_qualified.fold)

    def test_salesperson_creates_and_drags(self):
        """F1: a salesperson notes an opportunity in the pipeline and drags it on; it is his and his team's."""
        self.start_tour("/odoo", "crm_suite_quick_create", login=self.otto.login)
        deal = self.env["crm.lead"].search([("name", "=", "Ten forklifts")])
        self.assertRecordValues(
            deal,
            [
                {
                    "type": "opportunity",
                    "stage_id": self.stage_qualified.id,
                    "user_id": self.otto.id,
                    "team_id": self.small_business.id,
                    "expected_revenue": 25000,
                    "email_from": "buyer@warehouse.example.com",
                }
            ],
        )

    def test_stage_of_one_team(self):
        """F1: a team's members see, and drag to, the stage that belongs to their team, beside the common ones."""
        deal = self._make_opportunity("Deal of Erik", self.erik)
        self.assertEqual(deal.team_id, self.enterprise)
        self.start_tour("/odoo", "crm_suite_stage_of_team", login=self.erik.login)
        self.assertEqual(deal.stage_id, self.stage_tender)
