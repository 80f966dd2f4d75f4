from odoo import api, fields, models


class CrmReport(models.Model):
    _inherit = "crm.report"

    theme = fields.Selection(
        selection_add=[("8_with_partners", "With Partners"), ("9_ours",)], ondelete={"8_with_partners": "cascade"}
    )

    @api.model
    def _report_models(self):
        return [*super()._report_models(), "crm.lead.offer", "crm.deal.registration"]
