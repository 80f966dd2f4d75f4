from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestPhoneNote(CrmCoreCase):
    def test_one_line_makes_a_lead(self):
        """The line becomes the title, number and address go to their fields, the caller is the noter's."""
        Lead = self.env["crm.lead"].with_user(self.users["olga"])
        made = Lead.create_from_phone_note(
            "Anna from Demo Bakery, wants prices, +44 20 7946 0958, anna@bakery.example.com"
        )
        lead = Lead.browse(made["id"])
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Anna from Demo Bakery, wants prices",
                    "phone": "+44 20 7946 0958",
                    "email_from": "anna@bakery.example.com",
                    "user_id": self.users["olga"].id,
                }
            ],
        )
        self.assertEqual(lead.medium_id.name, "Phone")
        self.assertEqual(lead.team_id, self.north)

    def test_empty(self):
        """Nothing written gives a sentence, not a lead."""
        with self.assertRaises(UserError):
            self.env["crm.lead"].with_user(self.users["olga"]).create_from_phone_note("   ")

    def test_markup_is_text(self):
        """What was typed is shown as typed, never as HTML."""
        made = (
            self.env["crm.lead"]
            .with_user(self.users["olga"])
            .create_from_phone_note("<img src=x onerror=alert(1)> call")
        )
        description = self.env["crm.lead"].browse(made["id"]).description
        self.assertNotIn("<img", description)

    def test_portal_may_not(self):
        """Portal users can't note enquiries."""
        with self.assertRaises(AccessError):
            self.env["crm.lead"].with_user(self.users["petra"]).create_from_phone_note("hello")
