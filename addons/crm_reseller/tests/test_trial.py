from odoo.exceptions import AccessError
from odoo.tests import tagged

from .offer_common import OfferCase


@tagged("post_install", "-at_install")
class TestTrial(OfferCase):
    def test_trial(self):
        """Shows who would have been asked and why, also of leads that were given away; nothing is written."""
        lead = self.new_lead("Belgian", partner_assigned_id=self.lyon.id)
        self.brussels.reseller_capacity = 0
        before = self.Offer.search_count([])
        trial = self.env["crm.reseller.trial"].with_user(self.users["mona"]).create({"days": 1})
        trial.action_try()
        line = trial.line_ids.filtered(lambda line: line.lead_id == lead)
        self.assertEqual(line.partner_id, self.brussels)
        self.assertIn("km away", line.reasons)
        self.assertIn("would have been asked for", trial.summary)
        self.assertEqual(self.Offer.search_count([]), before)
        self.assertFalse(lead.offer_ids)
        self.assertFalse(lead.reseller_tried_at)

    def test_nobody(self):
        """A lead for which nobody fits says why."""
        lead = self.new_lead("Belgian")
        (self.brussels + self.leeds + self.lyon).email = False
        trial = self.env["crm.reseller.trial"].with_user(self.users["mona"]).create({})
        trial.action_try()
        line = trial.line_ids.filtered(lambda line: line.lead_id == lead)
        self.assertEqual((line.partner_id.id, line.reasons), (False, "Nobody: 3 have no e-mail address"))

    def test_managers_only(self):
        with self.assertRaises(AccessError):
            self.env["crm.reseller.trial"].with_user(self.users["aldo"]).action_open()
