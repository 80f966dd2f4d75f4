from odoo import api, fields, models


class ResCompany(models.Model):
    """Whether partners have a pipeline of their own."""

    _inherit = "res.company"

    reseller_portal = fields.Boolean("Portal of the Partners")

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        if any(companies.mapped("reseller_portal")):
            self._open_to_partners()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("reseller_portal"):
            self._open_to_partners()
        return result

    @api.model
    def _open_to_partners(self):
        """Nobody starts with an empty board: as long as nothing was chosen, all stages but won ones are open."""
        for model, domain in (("crm.stage", [("is_won", "=", False)]), ("crm.lost.reason", [])):
            records = self.env[model].sudo()
            if not records.search_count([("reseller_open", "=", True)], limit=1):
                records.search(domain).reseller_open = True
