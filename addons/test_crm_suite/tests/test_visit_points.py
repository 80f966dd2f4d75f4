from odoo.tests import tagged

from odoo.addons.crm_core_website.tests.test_event_log import NOON, WebsiteEventCase


@tagged("post_install", "-at_install")
class TestVisitPoints(WebsiteEventCase):
    """Points for what a visitor does on the website."""

    def test_points_for_visits_and_forms(self):
        """F22: rules for pages visited and forms sent are offered, and give the lead of a form its points at once."""
        self.env["crm.scoring.rule"].search([]).active = False
        offered = dict(self.env["crm.scoring.rule"]._selection_kind())
        self.assertLessEqual({"visited", "form_sent"}, set(offered))
        self.env["crm.scoring.rule"].create(
            [
                {"name": "visits", "kind": "visited", "points": 3, "most_points": 6},
                {"name": "form", "kind": "form_sent", "points": 20},
            ]
        )
        self._visitor_comes()
        lead = self._send_form()
        self.assertEqual(lead.rule_score, 23)
        for points in (26, 26):
            self.url_open(self.page.url)
            lead.invalidate_recordset(["rule_score"])
            self.assertEqual(lead.rule_score, points)
        self.assertEqual({line.name: line.hits for line in lead.rule_line_ids}, {"visits": 3, "form": 1})

    def test_points_for_downloads(self):
        """F22: a rule for documents downloaded is offered, and gives points at once."""
        self.env["crm.scoring.rule"].search([]).active = False
        self.assertIn("downloaded", dict(self.env["crm.scoring.rule"]._selection_kind()))
        self.env["crm.scoring.rule"].create({"name": "brochure", "kind": "downloaded", "points": 15})
        brochure = self.env["ir.attachment"].create({"name": "brochure.pdf", "raw": b"%PDF-1.4", "public": True})
        self._visitor_comes()
        lead = self._send_form()
        self.assertEqual(lead.rule_score, 0)
        self.url_open(f"/web/content/{brochure.id}?download=true")
        lead.invalidate_recordset(["rule_score"])
        self.assertEqual(lead.rule_score, 15)

    def test_touches(self):
        """Who counts touches and contacts sees the visit as touch only, the form as both."""
        visitor = self._visitor_comes()
        self._track(visitor, NOON)
        contacts = self.Event._contacts_of(self._send_form().ids)
        found = next(iter(contacts.values()))
        self.assertEqual((found.first_touch, found.ins, found.outs), (NOON, 1, 0))
        self.assertGreater(found.first_in, NOON)
