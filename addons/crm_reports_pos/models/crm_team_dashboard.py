from odoo import api, models


class CrmTeamDashboard(models.AbstractModel):
    _inherit = "crm.team.dashboard"

    @api.model
    def _streams(self):
        return [
            *super()._streams(),
            {
                "label": self.env._("Point of Sale (Taxes Included)"),
                "model": "pos.order",
                "amount": "amount_total",
                "date": "date_order",
                "domain": [("state", "in", ["paid", "done"])],
                "team": "crm_team_id",
            },
        ]
