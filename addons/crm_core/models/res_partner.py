from odoo import api, fields, models

COMPANY_SIZES = [
    ("1", "1"),
    ("2_9", "2 - 9"),
    ("10_49", "10 - 49"),
    ("50_249", "50 - 249"),
    ("250_999", "250 - 999"),
    ("1000", "1000 and more"),
]


class ResPartner(models.Model):
    _inherit = "res.partner"

    company_size = fields.Selection(
        COMPANY_SIZES, string="Employees", help="How many people work at this company, as a range."
    )

    @api.model
    def _commercial_fields(self):
        return [*super()._commercial_fields(), "company_size"]

    def unlink(self):
        deleted = self.ids
        result = super().unlink()
        self.env["crm.lead.event.erasure"]._erase(deleted)
        return result
