from odoo.tests import HttpCase, tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestPortalTour(PortalCase, HttpCase):
    def test_drag_and_win(self):
        """A partner drags his opportunity to the next stage, opens it, and wins it with the order's number."""
        self.paul.password = self.paul.login
        self.start_tour("/my/pipeline", "crm_reseller_pipeline", login=self.paul.login)
        self.assertEqual((self.lead_paul.stage_id.is_won, self.lead_paul.won_status), (True, "won"))
        moved = self.lead_paul.message_ids.filtered(lambda message: "S00042" in message.body)
        self.assertEqual(moved.author_id, self.paul.partner_id)
