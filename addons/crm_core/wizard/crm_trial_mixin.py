from datetime import timedelta

from odoo import fields, models


class CrmTrialMixin(models.AbstractModel):
    """A dialog that says what something would have made of the leads of the last days, before it is switched on."""

    _name = "crm.trial.mixin"
    _description = "Try It on Past Leads"

    days = fields.Integer("Leads of the Last", default=90, required=True)

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try It on Past Leads"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _since(self):
        """Naive UTC: leads created from then on are asked."""
        return self.env.cr.now().replace(tzinfo=None) - timedelta(days=max(self.days, 1))
