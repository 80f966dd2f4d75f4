from odoo.tests import tagged

from ..models.gamification_goal_data import SHIPPED
from .common import GamificationCase


@tagged("post_install", "-at_install")
class TestShippedDefinitions(GamificationCase):
    """Odoo's own definitions are right while the setting is on, and as Odoo ships them while it is off."""

    def _facts(self):
        definitions = [self.env.ref(f"gamification_sale_crm.{name}") for name in SHIPPED]
        return [(one.computation_mode, one.field_id.name, one.field_date_id.name) for one in definitions]

    def test_on_and_off(self):
        """Off, all three are Odoo's; on, the two are averages of the right days and the third sums money."""
        odoo = [
            ("sum", "day_close", "date_closed"),
            ("sum", "day_open", "date_open"),
            ("count", "price_subtotal", "invoice_date"),
        ]
        right = [
            ("average", "day_open", "date_open"),
            ("average", "day_close", "date_closed"),
            ("sum", "price_subtotal", "invoice_date"),
        ]
        for is_on, expected in ((False, odoo), (True, right), (True, right), (False, odoo)):
            self.switch(is_on)
            self.assertEqual(self._facts(), expected)

    def test_edited(self):
        """What somebody has edited is nobody else's: not corrected, and not put back."""
        self.switch(False)
        first, second, _third = (self.env.ref(f"gamification_sale_crm.{name}") for name in SHIPPED)
        first.domain = "[('type', '=', 'lead'), ('team_id', '!=', False)]"
        self.switch(True)
        self.assertEqual((first.computation_mode, first.field_id.name), ("sum", "day_close"))
        second.condition = "higher"
        self.switch(False)
        self.assertEqual((second.computation_mode, second.field_id.name), ("average", "day_close"))

    def test_deleted(self):
        """A definition that was deleted stays so."""
        self.env.ref("gamification_sale_crm.definition_crm_lead_delay_close").unlink()
        self.switch(False)
        self.switch(True)
        self.assertFalse(
            self.env.ref("gamification_sale_crm.definition_crm_lead_delay_close", raise_if_not_found=False)
        )
