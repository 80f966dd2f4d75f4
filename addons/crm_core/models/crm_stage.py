from odoo import api, models


class CrmStage(models.Model):
    _inherit = "crm.stage"

    @api.onchange("is_won")
    def _onchange_is_won(self):
        """Odoo warns of a change already when a new stage is opened; there is nothing to warn of then."""
        if not self._origin or self.is_won == self._origin.is_won:
            return None
        return super()._onchange_is_won()
