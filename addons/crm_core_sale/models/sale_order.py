from odoo import api, fields, models

TOLD = {"sent": "quotation_sent", "sale": "order_confirmed"}


class SaleOrder(models.Model):
    """Tells the event log of the quotations of leads.

    Orders that are made as sent or sold, and those that come to a lead later, are told when the
    transaction ends: each kind once, unless the lead's log tells it already.
    """

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._event_record_later(is_new=True)
        return orders

    def write(self, vals):
        before = {order: order.state for order in self} if "state" in vals else {}
        leads = {order: order.opportunity_id for order in self.sudo()} if "opportunity_id" in vals else {}
        result = super().write(vals)
        for kind, come_from, state in (
            ("quotation_sent", ("draft",), "sent"),
            ("order_confirmed", ("draft", "sent"), "sale"),
        ):
            self.filtered(lambda o, f=come_from, s=state: before.get(o) in f and o.state == s)._event_record(kind)
        self.filtered(lambda o: o in leads and o.sudo().opportunity_id != leads[o])._event_record_later()
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

    # -- made as sent or sold, and come to a lead later ------------------------------------------

    def _event_record_later(self, is_new=False):
        known = [
            (order.id, order.opportunity_id.id, TOLD[order.state], is_new and self.env.uid)
            for order in self.sudo()
            if order.opportunity_id and order.state in TOLD
        ]
        if known:
            self.env["crm.lead.event"]._record_later(self._name, known)

    @api.model
    def _event_rows(self, known):
        """The events that orders are which are their lead's still, but for what its log tells already.

        :param list known: (order id, lead id, kind, id of the user who made it so or False)
        """
        orders = self.sudo().browse({order_id for order_id, *_rest in known}).exists()
        told, rows = self._event_told(orders), {}
        linked = orders.browse(order_id for order_id, _lead, _kind, uid in known if not uid) & orders
        traces = {trace[:2]: trace[2:] for trace in linked._event_traces()}
        for order_id, lead_id, kind, uid in known:
            order, key = orders.browse(order_id), (lead_id, kind, order_id)
            if order in orders and order.opportunity_id.id == lead_id and key not in told and key not in rows:
                if uid:
                    rows[key] = order.with_user(uid).sudo()._event_row_made(kind)
                else:
                    rows[key] = order._event_row_linked(kind, traces.get((order_id, kind)))
        return list(rows.values())

    def _event_told(self, orders):
        """(lead, kind, order) of all that the logs of their leads tell, this transaction included."""
        log = self.env["crm.lead.event"]
        log._point_to_heads()
        told = log.sudo().search_fetch(
            [
                ("lead_id", "in", orders.opportunity_id.ids),
                ("kind", "in", list(TOLD.values())),
                ("model", "=", self._name),
                ("res_id", "in", orders.ids),
            ],
            ["lead_id", "kind", "res_id"],
        )
        return {(event.lead_id.id, event.kind, event.res_id) for event in told} | {
            (row["lead_id"], row["kind"], row["res_id"])
            for row in log._pending().rows
            if row.get("model") == self._name
        }

    def _event_row_made(self, kind):
        """Made as sent or sold: an order that is entered afterwards was sold on its date."""
        row = self._event_row(kind)
        if kind == "order_confirmed":
            row["moment"] = min(self.date_order, fields.Datetime.now())
        row.setdefault("actor_id", self.env.user.partner_id.id)
        return row

    def _event_row_linked(self, kind, trace):
        """It happened before the order came to the lead: when and by whom its messages say. Where none does,
        it was on the order's date, and nobody knows by whom."""
        moment, actor = trace or (min(self.date_order, fields.Datetime.now()), None)
        return {**self._event_row(kind), "moment": moment, "actor_id": actor, "inferred": True}
