from odoo import models


class SaleOrder(models.Model):
    """Tells the event log of the quotations of leads."""

    _inherit = "sale.order"

    def write(self, vals):
        before = {order: order.state for order in self} if "state" in vals else {}
        result = super().write(vals)
        for kind, come_from, state in (
            ("quotation_sent", ("draft",), "sent"),
            ("order_confirmed", ("draft", "sent"), "sale"),
        ):
            self.filtered(lambda o, f=come_from, s=state: before.get(o) in f and o.state == s)._event_record(kind)
        return result

    def _message_post_after_hook(self, message, msg_vals):
        viewed = self.env["ir.model.data"]._xmlid_to_res_id("sale.mt_order_viewed")
        if message.subtype_id.id == viewed and self.state in ("draft", "sent"):
            self._event_record("quotation_viewed")
        return super()._message_post_after_hook(message, msg_vals)

    def _event_record(self, kind):
        orders = self.sudo().filtered("opportunity_id")
        self.env["crm.lead.event"]._record([order._event_row(kind) for order in orders])

    def _event_row(self, kind):
        """Amounts as the lead's expected revenue is: untaxed, in the currency of its company."""
        lead, company, user = self.opportunity_id, self.company_id, self.env.user
        currency = lead.company_id.currency_id or company.currency_id
        row = {
            "lead_id": lead.id,
            "kind": kind,
            "direction": "out" if kind == "quotation_sent" else "in",
            "model": self._name,
            "res_id": self.id,
            "data": {"order": self.id, "amount": self.currency_id._convert(self.amount_untaxed, currency, company)},
        }
        if row["direction"] == "in" and (user.share or user._is_superuser()):  # the portal acts as the system
            row["actor_id"] = self.partner_id.id
        return row
