from odoo import api, models


class CrmLeadEvent(models.Model):
    """Chats of the time before the log began."""

    _inherit = "crm.lead.event"

    @api.model
    def _past_of_leads(self, lowest, below, start):
        domain = [("id", ">=", lowest), ("id", "<", below), ("origin_channel_id", "!=", False)]
        leads = self.env["crm.lead"].sudo().with_context(active_test=False).search(domain)
        rows = super()._past_of_leads(lowest, below, start)
        return rows + leads.origin_channel_id._event_rows_of(leads)
