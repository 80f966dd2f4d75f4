from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    reseller_portal = fields.Boolean(related="company_id.reseller_portal", readonly=False)
