from odoo import api, fields, models
from odoo.fields import Command


class ResCompany(models.Model):
    """Whether partners make quotations."""

    _inherit = "res.company"

    reseller_quotations = fields.Boolean("Quotations by Partners")

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        if any(companies.mapped("reseller_quotations")):
            self._switch_quotations()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "reseller_quotations" in vals:
            self._switch_quotations()
        return result

    @api.model
    def _switch_quotations(self):
        """Products and quotations show what belongs to it while a company has it on."""
        is_on = bool(self.sudo().search_count([("reseller_quotations", "=", True)], limit=1))
        group = self.env.ref("crm_reseller_sale.group_quotations").sudo()
        command = Command.link(group.id) if is_on else Command.unlink(group.id)
        self.env.ref("sales_team.group_sale_salesman").sudo().write({"implied_ids": [command]})
        if not is_on:
            group.user_ids = False

    def _lets_partners_quote(self):
        company = self.sudo()
        return company.reseller_portal and company.reseller_quotations
