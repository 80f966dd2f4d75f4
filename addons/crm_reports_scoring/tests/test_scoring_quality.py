from odoo.tests import HttpCase, tagged

from odoo.addons.crm_reports.tests.test_dashboards import DashboardCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestScoringQuality(DashboardCase, HttpCase):
    browser_size = "1440x900"

    def test_dashboard(self):
        """The manager opens it among the others: no cell in error, no empty chart, clicks show what was counted."""
        self.env.cr.execute(
            """
            UPDATE crm_lead SET win_score = id %% 100, win_score_band = (%s)[1 + id %% 4], win_score_state = 'scored'
             WHERE id %% 5 > 0
            """,
            [["A", "B", "C", "D"]],
        )
        self.env.invalidate_all()
        self.start_tour("/odoo/crm", "crm_reports_scoring_quality", login="report_mona", timeout=240)

    def test_sample(self):
        """Without leads it shows a sample."""
        self.env.cr.execute("DELETE FROM crm_lead")
        self.env.invalidate_all()
        self.start_tour("/odoo/crm", "crm_reports_scoring_quality_sample", login="report_mona", timeout=240)
