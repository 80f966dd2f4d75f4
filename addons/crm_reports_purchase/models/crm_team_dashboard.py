from odoo import api, models


class CrmTeamDashboard(models.AbstractModel):
    _inherit = "crm.team.dashboard"

    @api.model
    def _streams(self):
        return [
            *super()._streams(),
            {
                "label": self.env._("Purchases"),
                "model": "purchase.order",
                "amount": "amount_untaxed",
                "date": "date_approve",
                "domain": [("state", "=", "purchase")],
                "is_cost": True,
            },
        ]
