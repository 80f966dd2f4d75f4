from odoo import models
from odoo.tools import SQL

SAYS = {
    "sale.mt_order_sent": "quotation_sent",
    "sale.mt_order_viewed": "quotation_viewed",
    "sale.mt_order_confirmed": "order_confirmed",
}
MAILED = "mail.mt_comment"
ANY = 2**31 - 1


class SaleOrder(models.Model):
    """What the messages of orders tell of their quotations."""

    _inherit = "sale.order"

    def _event_traces(self, highest=ANY):
        """Quotations sent, seen and confirmed. A quotation that was sent by mail leaves no other trace than
        that mail: of what is still a quotation, the first message of ours to the customer.

        :param int highest: messages up to this id
        :return: list of (order id, kind, moment, author), oldest first
        """
        if not self:
            return []
        self.env["mail.message"].flush_model(["model", "res_id", "subtype_id", "date", "author_id"])
        found_id = self.env["ir.model.data"]._xmlid_to_res_id
        kinds = {found_id(xmlid): kind for xmlid, kind in SAYS.items()}
        found = self.env.execute_query(
            SQL(
                """
                SELECT message.res_id, message.subtype_id, message.date, message.author_id
                  FROM mail_message message
                 WHERE message.model = 'sale.order' AND message.res_id = ANY(%s) AND message.id <= %s
                   AND (message.subtype_id = ANY(%s)
                        OR message.subtype_id = %s AND message.message_type = 'comment'
                       AND EXISTS (SELECT FROM res_users u WHERE u.partner_id = message.author_id AND NOT u.share))
                 ORDER BY message.id
                """,
                self.ids,
                highest,
                list(kinds),
                found_id(MAILED),
            )
        )
        marked = {order_id for order_id, subtype, *_rest in found if kinds.get(subtype) == "quotation_sent"}
        mailed = {order.id for order in self if order.state == "sent"} - marked
        traces = []
        for order_id, subtype, moment, author in found:
            if subtype in kinds:
                traces.append((order_id, kinds[subtype], moment, author))
            elif order_id in mailed:
                mailed.remove(order_id)
                traces.append((order_id, "quotation_sent", moment, author))
        return traces
