from odoo.tests import HttpCase, tagged

from .offer_common import OfferCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestOfferTour(OfferCase, HttpCase):
    def test_offer_and_recall(self):
        """A salesperson offers his lead, reads who was asked and why, and takes it back."""
        lead = self.new_lead(user_id=self.users["olga"].id, team_id=self.north.id)
        self.start_tour(f"/odoo/crm.lead/{lead.id}", "crm_reseller_offer", login="core_olga")
        self.assertRecordValues(lead.offer_ids, [{"partner_id": self.brussels.id, "state": "recalled"}])
