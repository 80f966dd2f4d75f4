from odoo.tests import tagged

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestConvert(SuiteCase):
    def _convert(self, lead, tour):
        self.start_tour(f"/odoo/action-crm.crm_lead_all_leads/{lead.id}", tour, login=self.lena.login)

    def test_new_customer_for_a_colleague(self):
        """F10: a leader converts a lead: the customer is created, a colleague and with him his team are chosen."""
        lead = self._make_lead(
            "New to us",
            self.lena,
            contact_name="Nina New",
            email_from="nina@new.example.com",
            phone="+32 2 111 11 11",
        )
        self._convert(lead, "crm_suite_convert_create")
        self.assertRecordValues(
            lead,
            [
                {
                    "type": "opportunity",
                    "user_id": self.erik.id,
                    "team_id": self.enterprise.id,
                }
            ],
        )
        self.assertRecordValues(lead.partner_id, [{"name": "Nina New", "email": "nina@new.example.com"}])
        self.assertTrue(lead.date_conversion)

    def test_known_customer(self):
        """F10: the customer who is known by his e-mail is proposed and linked; the team can be chosen."""
        known = self.env["res.partner"].create({"name": "Known Customer", "email": "known@customer.example.com"})
        lead = self._make_lead("Old friend", self.lena, email_from="Known <KNOWN@customer.example.com>")
        count = self.env["res.partner"].search_count([])
        self._convert(lead, "crm_suite_convert_link")
        self.assertRecordValues(
            lead,
            [
                {
                    "type": "opportunity",
                    "partner_id": known.id,
                    "team_id": self.enterprise.id,
                }
            ],
        )
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_merge_with_what_exists(self):
        """F10: where an opportunity with the same e-mail exists, merging is offered; one record remains, with both."""
        earlier = self._make_opportunity(
            "Earlier talks",
            self.lena,
            email_from="twice@customer.example.com",
            expected_revenue=500,
            stage_id=self.stage_qualified.id,
            team_id=self.small_business.id,
        )
        lead = self._make_lead("Once more", self.lena, email_from="twice@customer.example.com", phone="+32 2 222 22 22")
        self._convert(lead, "crm_suite_convert_merge")
        left = self.env["crm.lead"].search([("email_from", "=", "twice@customer.example.com")])
        self.assertEqual(left, earlier)
        self.assertRecordValues(
            left,
            [
                {
                    "type": "opportunity",
                    "expected_revenue": 500,
                    "phone": "+32 2 222 22 22",
                    "user_id": self.lena.id,
                }
            ],
        )
