from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestMeeting(CrmCoreCase):
    def test_from_a_lead(self):
        """A meeting planned from a lead is that lead's, as it is an opportunity's."""
        for kind in ("lead", "opportunity"):
            lead = self.leads["north_olga"]
            lead.type = kind
            context = lead.action_schedule_meeting()["context"]
            self.assertEqual(context["default_opportunity_id"], lead.id, kind)
            self.assertEqual(context["default_mode"], "week")
            event = (
                self.env["calendar.event"]
                .with_context(**context)
                .create({"name": kind, "start": "2030-01-01 10:00:00", "stop": "2030-01-01 11:00:00"})
            )
            self.assertIn(event, lead.calendar_event_ids)
