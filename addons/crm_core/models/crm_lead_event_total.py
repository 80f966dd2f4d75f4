from odoo import fields, models


class CrmLeadEventTotal(models.Model):
    """What is left of events that were forgotten: how many there were. Written by retention, by SQL."""

    _name = "crm.lead.event.total"
    _description = "Forgotten Events"
    _log_access = False
    _order = "month DESC, kind, id"
    _rec_name = "kind"

    month = fields.Date(required=True, readonly=True)
    kind = fields.Selection(selection="_selection_kind", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    number = fields.Integer(required=True, readonly=True)

    _month_kind_company_uniq = models.UniqueIndex("(month, kind, COALESCE(company_id, 0))")

    def _selection_kind(self):
        return self.env["crm.lead.event"]._selection_kind()
