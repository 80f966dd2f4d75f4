from odoo import fields
from odoo.tests import HttpCase, tagged

from .attribution_common import AttributionCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestAttributionTour(AttributionCase, HttpCase):
    def test_pivot_to_leads_to_explanation(self):
        """A manager opens the pivot, clicks through to the leads of a cell, and from one of them to its parts;
        then what a campaign brought for its cost."""
        first, second, third = self.leads["north_olga"], self.leads["north_otto"], self.leads["south_sara"]
        now = fields.Datetime.now()
        for lead, name in ((first, "First deal"), (second, "Second deal"), (third, "Third deal")):
            lead.write({"name": name, "source_id": self.fair.id, "expected_revenue": 1000 if lead == first else 0})
            lead.write({"stage_id": self.won_stage.id})
            self.born(lead, 0)
        third.source_id = self.ad
        first.campaign_id = self.spring
        self.Event._record([{"lead_id": first.id, "kind": "meeting_held", "moment": fields.Datetime.add(now, days=-1)}])
        self.follow()
        self.env["crm.campaign.cost"].create(
            {"campaign_id": self.spring.id, "amount": 200, "date_from": now.date(), "date_to": now.date()}
        )
        self.start_tour("/odoo/crm", "crm_reports_attribution", login="core_mona")
