from odoo.tests import no_retry, tagged

from odoo.addons.crm_core.tests.hoot_common import HootCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestResellerJs(HootCase):
    @no_retry
    def test_components(self):
        """Each component of this addon by itself (hoot)."""
        self.run_hoot("crm_reseller")
