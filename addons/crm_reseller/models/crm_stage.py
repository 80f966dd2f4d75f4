from odoo import fields, models


class CrmStage(models.Model):
    _inherit = "crm.stage"

    reseller_open = fields.Boolean(
        "Open to Partners", help="Partners see this stage in their pipeline, and move their opportunities there."
    )
