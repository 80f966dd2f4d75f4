from odoo import fields, models


class CrmLostReason(models.Model):
    _inherit = "crm.lost.reason"

    reseller_open = fields.Boolean("Open to Partners", help="Partners give this reason when they lose an opportunity.")
