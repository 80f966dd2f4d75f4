from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestScoringJs(HttpCase):
    @no_retry
    def test_components(self):
        """Each component of this addon by itself (hoot)."""
        suite = HOOTCommon._generate_hash(self, "@crm_lead_scoring")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
