from odoo import api, models


class CrmTeamDashboard(models.AbstractModel):
    _inherit = "crm.team.dashboard"

    @api.model
    def _streams(self):
        """Orders of the shop are a stream of their own."""
        streams = super()._streams()
        for stream in streams:
            if stream["model"] == "sale.order":
                stream["domain"] = [*stream["domain"], ("website_id", "=", False)]
        shop = {
            "label": self.env._("Online Shop"),
            "model": "sale.order",
            "amount": "amount_untaxed",
            "date": "date_order",
            "domain": [("state", "=", "sale"), ("website_id", "!=", False)],
            "team": "team_id",
        }
        return [*streams[:1], shop, *streams[1:]]
