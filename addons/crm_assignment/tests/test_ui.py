from odoo.tests import HttpCase, tagged

from odoo.addons.crm_core.tests.common import CrmCoreCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestAssignmentTours(CrmCoreCase, HttpCase):
    def _leads(self, number, team, **vals):
        common = {"type": "lead", "user_id": False, "team_id": team.id, "probability": 10, **vals}
        return self.env["crm.lead"].create([{"name": f"lead {place}", **common} for place in range(number)])

    def test_try_and_switch_on(self):
        """A manager tries a method on past leads, switches it on, starts a run and stops it."""
        self._leads(3, self.south)
        self.start_tour("/odoo/crm", "crm_assignment_try_and_switch_on", login="core_mona")
        self.assertEqual(self.south.assignment_method, "round_robin")
        run = self.env["crm.assignment.run"].search([("team_ids", "in", self.south.ids)])
        self.assertRecordValues(run, [{"state": "stopped", "given": 0}])

    def test_why(self):
        """A salesperson sees on the lead why it was given to her."""
        self.north.assignment_method = "round_robin"
        lead = self._leads(1, self.north)
        self.leads["north_nobody"].unlink()
        self.north._action_assign_leads(force_quota=True, creation_delta_days=0)
        self.assertEqual(lead.user_id.name, "Olga")
        self.start_tour(f"/odoo/crm-leads/{lead.id}", "crm_assignment_why", login="core_olga")

    def test_reassign(self):
        """A manager gives the leads of a list to somebody else and takes it back."""
        self.env["crm.lead"].search([]).unlink()
        leads = self._leads(2, self.north, user_id=self.users["lena"].id)
        self.start_tour("/odoo/action-crm.crm_lead_all_leads", "crm_assignment_reassign", login="core_mona")
        self.assertEqual(leads.user_id, self.users["lena"])

    def test_settings(self):
        """An administrator pauses the teams' methods and finds the way to the teams."""
        self.north.assignment_method = "round_robin"
        self.assertIn(self.north.id, self.env["crm.team"]._teams_with_method())
        self.start_tour("/odoo/action-crm.crm_config_settings_action", "crm_assignment_settings", login="admin")
        self.assertFalse(self.north._own_method())
        self.assertFalse(self.env["crm.team"]._teams_with_method())
