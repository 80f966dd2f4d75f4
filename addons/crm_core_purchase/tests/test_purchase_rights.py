from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.crm_core.tests.common import CrmCoreCase

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestPurchaseRights(CrmCoreCase):
    def _set(self, on):
        self.env["res.config.settings"].create({"group_sale_manager_purchase": on}).execute()

    def _order(self, name):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        return self.env["purchase.order"].with_user(self.users[name]).create({"partner_id": vendor.id})

    def test_off_by_default(self):
        """Installing gives nobody rights in purchases."""
        with self.assertRaises(AccessError):
            self._order("mona")

    def test_on_and_off(self):
        """On: managers purchase, salespersons still do not; off: managers lose it again."""
        self._set(True)
        self.assertTrue(self._order("mona"))
        for name in ("olga", "lena", "aldo", "petra"):
            with self.assertRaises(AccessError):
                self._order(name)
        self._set(False)
        self.assertFalse(self.users["mona"].has_group("purchase.group_purchase_manager"))

    def test_uninstalling_takes_it_back(self):
        """The hook removes the right that the setting gave."""
        self._set(True)
        uninstall_hook(self.env)
        self.assertFalse(self.users["mona"].has_group("purchase.group_purchase_manager"))
