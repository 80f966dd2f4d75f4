from odoo import api, models


class CrmTeamDashboard(models.AbstractModel):
    _inherit = "crm.team.dashboard"

    @api.model
    def _streams(self):
        return [
            *super()._streams(),
            {
                "label": self.env._("Orders"),
                "model": "sale.order",
                "amount": "amount_untaxed",
                "date": "date_order",
                "domain": [("state", "=", "sale")],
                "team": "team_id",
            },
            {
                "label": self.env._("Invoices"),
                "model": "account.move",
                # credit notes count against them
                "amount": "amount_untaxed_signed",
                "date": "invoice_date",
                "domain": [("state", "=", "posted"), ("move_type", "in", ["out_invoice", "out_refund"])],
                "team": "team_id",
            },
        ]
