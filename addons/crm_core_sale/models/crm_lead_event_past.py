from odoo import api, models

SOURCE = "sale_order_message"


class CrmLeadEvent(models.Model):
    """Quotations of the time before the log began."""

    _inherit = "crm.lead.event"

    @api.model
    def _log_sources(self):
        return {**super()._log_sources(), SOURCE: "mail_message"}

    @api.model
    def _past_of_leads(self, lowest, below, start):
        """Quotations sent, seen and confirmed, by their messages; at the amount that they have today."""
        orders = (
            self.env["sale.order"].sudo().search([("opportunity_id", ">=", lowest), ("opportunity_id", "<", below)])
        )
        rows = super()._past_of_leads(lowest, below, start)
        for order_id, kind, moment, author_id in orders._event_traces(start.get(SOURCE, 0)):
            order = orders.browse(order_id)
            actor = order.partner_id.id if kind == "quotation_viewed" else author_id
            rows.append({**order._event_row(kind), "actor_id": actor, "moment": moment, "inferred": True})
        return rows
