from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    reseller_quotations = fields.Boolean(related="company_id.reseller_quotations", readonly=False)
