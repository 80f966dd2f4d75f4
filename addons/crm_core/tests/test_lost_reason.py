from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestLostReason(CrmCoreCase):
    def _lose(self, name, **vals):
        wizard = self.env["crm.lead.lost"].with_user(self.users[name])
        wizard.create({"lead_ids": [(6, 0, self.leads["north_olga"].ids)], **vals}).action_lost_reason_apply()
        return self.leads["north_olga"].lost_reason_id

    def _let_salespersons(self):
        self.env["res.config.settings"].create({"group_lost_reason_create": True}).execute()

    def test_off_by_default(self):
        """Installing gives salespersons no right to make reasons; managers have it as before."""
        with self.assertRaises(AccessError):
            self._lose("olga", new_reason="Bought a horse")
        self.assertEqual(self._lose("mona", new_reason="Bought a horse").name, "Bought a horse")

    def test_made_on_the_spot(self):
        """On: a salesperson loses a deal for a reason that was not in the list, and it is for everybody then."""
        self._let_salespersons()
        reason = self._lose("olga", new_reason="  Bought a  horse ")
        self.assertEqual(reason.name, "Bought a horse")
        self.assertIn(reason, self.env["crm.lost.reason"].with_user(self.users["otto"]).search([]))

    def test_no_second_of_a_kind(self):
        """A reason that exists, in whatever case, is used and not made again; blanks are no reason."""
        self._let_salespersons()
        known = self.env["crm.lost.reason"].create({"name": "Bought a Horse"})
        self.assertEqual(self._lose("olga", new_reason="bought a horse"), known)
        count = self.env["crm.lost.reason"].search_count([])
        self.leads["north_olga"].action_restore()
        self.assertEqual(self._lose("olga", new_reason="   ", lost_reason_id=known.id), known)
        self.assertEqual(self.env["crm.lost.reason"].search_count([]), count)

    def test_may_not_change_or_delete(self):
        """Making a reason is all that the setting allows."""
        self._let_salespersons()
        reason = self._lose("olga", new_reason="Bought a horse").with_user(self.users["olga"])
        with self.assertRaises(AccessError):
            reason.name = "Bought a mule"
        with self.assertRaises(AccessError):
            reason.unlink()
