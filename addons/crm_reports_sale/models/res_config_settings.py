from odoo import fields, models

from .crm_attribution_share import INVOICED


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_attribution_invoiced = fields.Boolean("Invoiced Money", config_parameter=INVOICED)

    def set_values(self):
        """All won leads are shared out anew when the money is counted otherwise."""
        shares = self.env["crm.attribution.share"]
        before = shares._is_invoiced()
        result = super().set_values()
        if before != shares._is_invoiced() and shares._attribution_is_on():
            shares._follow_start()
        return result
