from odoo.tests import HttpCase, tagged

from .common import ReportCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestReportTours(ReportCase, HttpCase):
    def test_catalog(self):
        """A salesperson finds a report by its theme, opens it, and the leads behind one of its numbers."""
        aldo, team = self.users[2], self.env["crm.team"].create({"name": "Tour North"})
        won, lost = self.env["crm.lead"].create(
            [
                {"name": name, "type": "opportunity", "team_id": team.id, "user_id": aldo.id}
                for name in ("Tour won", "Tour lost")
            ]
        )
        won.action_set_won()
        lost.action_set_lost()
        self.start_tour("/odoo/crm-reports", "crm_reports_catalog", login="report_aldo")
