from odoo import api, models
from odoo.tools import SQL

OPTING = frozenset(("opt_out", "opt_out_datetime", "opt_out_reason_id"))  # Odoo takes each as opting out


class MailingSubscription(models.Model):
    """Tells the event log who has left a mailing list: however many lists at once, that is one event."""

    _inherit = "mailing.subscription"

    @api.model_create_multi
    def create(self, vals_list):
        subscriptions = super().create(vals_list)
        subscriptions.filtered("opt_out")._event_record()
        return subscriptions

    def write(self, vals):
        subscribed = self.browse() if OPTING.isdisjoint(vals) else self.filtered(lambda one: not one.opt_out)
        result = super().write(vals)
        subscribed.filtered("opt_out")._event_record()
        return result

    def _event_record(self):
        """A customer who does it himself has unsubscribed; what an employee enters is no act of his."""
        if self and self.env.user.share:
            self.env["crm.lead.event"]._record_later(self._name, self.ids)

    @api.model
    def _event_rows(self, known):
        """The events that opting out is for the leads of these addresses.

        :param list known: ids of subscriptions
        """
        self.flush_model(["contact_id", "opt_out", "opt_out_datetime"])
        self.env["mailing.contact"].flush_model(["email_normalized"])
        self.env["crm.lead"].flush_model(["email_normalized", "partner_id"])
        told = {row["lead_id"] for row in self.env["crm.lead.event"]._pending().rows if row["kind"] == "unsubscribed"}
        where = SQL("subscription.id = ANY(%s)", list(known))
        return [row for row in self._event_opt_outs(where) if row["lead_id"] not in told]

    @api.model
    def _event_opt_outs(self, where):
        """Opting out, once for each lead with that address and each moment.

        :param SQL where: which ones; the tables are called `subscription` and `lead`
        """
        return [
            {
                "lead_id": lead_id,
                "kind": "unsubscribed",
                "moment": moment,
                "direction": "in",
                "actor_id": customer,
                "model": self._name,
                "res_id": subscription,
            }
            for lead_id, moment, customer, subscription in self.env.execute_query(
                SQL(
                    """
                    SELECT lead.id, date_trunc('second', subscription.opt_out_datetime), lead.partner_id,
                           min(subscription.id)
                      FROM mailing_subscription subscription
                      JOIN mailing_contact contact ON contact.id = subscription.contact_id
                      JOIN crm_lead lead ON lead.email_normalized = contact.email_normalized
                     WHERE subscription.opt_out AND %s
                     GROUP BY 1, 2, 3
                     ORDER BY 1, 2
                    """,
                    where,
                )
            )
        ]
