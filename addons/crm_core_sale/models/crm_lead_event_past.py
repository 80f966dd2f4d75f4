from odoo import api, models
from odoo.tools import SQL

SOURCE = "sale_order_message"
SAYS = {
    "sale.mt_order_sent": "quotation_sent",
    "sale.mt_order_viewed": "quotation_viewed",
    "sale.mt_order_confirmed": "order_confirmed",
}


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
        kinds = {self.env["ir.model.data"]._xmlid_to_res_id(xmlid): kind for xmlid, kind in SAYS.items()}
        found = self.env.execute_query(
            SQL(
                "SELECT res_id, subtype_id, date, author_id FROM mail_message"
                " WHERE model = 'sale.order' AND res_id = ANY(%s) AND subtype_id = ANY(%s) AND id <= %s",
                orders.ids,
                list(kinds),
                start.get(SOURCE, 0),
            )
        )
        rows = super()._past_of_leads(lowest, below, start)
        for order_id, subtype_id, moment, author_id in found:
            order, kind = orders.browse(order_id), kinds[subtype_id]
            actor = order.partner_id.id if kind == "quotation_viewed" else author_id
            rows.append({**order._event_row(kind), "actor_id": actor, "moment": moment, "inferred": True})
        return rows
