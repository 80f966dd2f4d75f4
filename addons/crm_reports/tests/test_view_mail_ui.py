from odoo.tests import HttpCase, tagged

from .view_mail_common import ViewMailCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestViewMailTours(ViewMailCase, HttpCase):
    def test_from_pivot(self):
        """A manager makes one from a pivot, looks at the preview and switches it on; the list shows it."""
        self.start_tour("/odoo/action-crm.crm_opportunity_report_action", "crm_reports_mail_pivot", login="core_mona")
        mail = self.env["crm.view.mail"].search([("user_id", "=", self.users["mona"].id)])
        self.assertRecordValues(
            mail, [{"state": "on", "view_type": "pivot", "name": "My pipeline", "res_model": "crm.lead"}]
        )
        self.assertTrue(mail.row_groups)
        self.assertEqual(mail.action_id, self.env.ref("crm.crm_opportunity_report_action"))
        self.assertIn("[", mail.domain)
        self.assertEqual(mail.recipient_ids.user_id, self.users["mona"])
        self.assertTrue(mail.next_at)
        self.assertRecordValues(mail, [{"limit_measure": "prorated_revenue", "limit_value": 1000}])

    def test_from_list(self):
        """A salesperson makes one from a list: it has the columns of the list."""
        self.start_tour(
            "/odoo/action-crm.crm_lead_action_pipeline?view_type=list", "crm_reports_mail_list", login="core_olga"
        )
        mail = self.env["crm.view.mail"].search([("user_id", "=", self.users["olga"].id)])
        self.assertEqual(mail.view_type, "list")
        self.assertIn("expected_revenue", mail.columns)

    def test_link_of_the_mail(self):
        """The link in the mail opens the view with its filter."""
        mail = self.view_mail(owner="lena", to=("otto",), domain="[('user_id', '=', uid), ('name', 'like', 'north')]")
        self.start_tour(f"/odoo/{mail.id}/mailed-view", "crm_reports_mail_link", login="core_otto")
