from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    reseller_below_since = fields.Date(
        "Below His Level since",
        readonly=True,
        copy=False,
        groups="crm_reseller.group_channel_manager",
        help="First found to have won less than his level asks for.",
    )
