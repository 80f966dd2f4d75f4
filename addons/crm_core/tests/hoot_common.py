from odoo.tests import HttpCase

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


class HootCase(HttpCase):
    """Runs the hoot tests of one addon in a browser."""

    def run_hoot(self, addon):
        suite = HOOTCommon._generate_hash(self, f"@{addon}")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
