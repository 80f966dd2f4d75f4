from odoo import api, models
from odoo.tools import SQL


class CrmLeadEvent(models.Model):
    """Mailings of the time before the log began."""

    _inherit = "crm.lead.event"

    @api.model
    def _log_sources(self):
        own = ("mailing_trace", "link_tracker_click", "mail_blacklist")
        return {**super()._log_sources(), **dict(zip(own, own, strict=True))}

    @api.model
    def _past_passes(self):
        """Mailings first: their messages are then known, and are no messages of a salesperson."""
        return {"mailing_trace": self._past_of_traces, **super()._past_passes()}

    @api.model
    def _past_of_traces(self, lowest, below, start):
        where = SQL("trace.id >= %s AND trace.id < %s", lowest, below)
        return [*self._past_mailings(where, start), *self._past_clicks(where, start)]

    @api.model
    def _past_mailings(self, where, start):
        """Mailings sent, and opened where neither a click nor an answer says so already."""
        rows = []
        for trace in self.env.execute_query_dict(
            SQL(
                """
                SELECT trace.id, trace.res_id, trace.mass_mailing_id, trace.sent_datetime, sender.partner_id AS sender,
                       CASE WHEN trace.trace_status = 'open'
                             AND NOT EXISTS (SELECT FROM link_tracker_click click
                                              WHERE click.mailing_trace_id = trace.id
                                                AND click.create_date <= trace.open_datetime + interval '2 seconds')
                            THEN trace.open_datetime END AS opened, lead.partner_id AS customer
                  FROM mailing_trace trace
                  JOIN crm_lead lead ON lead.id = trace.res_id
             LEFT JOIN res_users sender ON sender.id = trace.create_uid
                 WHERE %s AND trace.id <= %s AND trace.model = 'crm.lead' AND trace.trace_type = 'mail'
                   AND trace.is_test_trace IS NOT TRUE AND trace.sent_datetime IS NOT NULL
                """,
                where,
                start.get("mailing_trace", 0),
            )
        ):
            row = {"lead_id": trace["res_id"], "model": "mailing.trace", "res_id": trace["id"]}
            row["data"] = {"mailing": trace["mass_mailing_id"]}
            sent = {"kind": "mailing_sent", "moment": trace["sent_datetime"], "direction": "out"}
            rows.append({**row, **sent, "actor_id": trace["sender"]})
            if trace["opened"]:
                opened = {"kind": "mail_opened", "moment": trace["opened"], "direction": "in"}
                rows.append({**row, **opened, "actor_id": trace["customer"]})
        return rows

    @api.model
    def _past_clicks(self, where, start):
        return [
            {
                "lead_id": lead_id,
                "kind": "link_clicked",
                "moment": moment,
                "direction": "in",
                "actor_id": customer,
                "model": "link.tracker.click",
                "res_id": click,
                "data": {"trace": trace, "link": link},
            }
            for lead_id, moment, customer, click, trace, link in self.env.execute_query(
                SQL(
                    """
                    SELECT trace.res_id, click.create_date, lead.partner_id, click.id, trace.id, click.link_id
                      FROM mailing_trace trace
                      JOIN crm_lead lead ON lead.id = trace.res_id
                      JOIN link_tracker_click click ON click.mailing_trace_id = trace.id
                     WHERE %s AND trace.model = 'crm.lead' AND trace.is_test_trace IS NOT TRUE AND click.id <= %s
                    """,
                    where,
                    start.get("link_tracker_click", 0),
                )
            )
        ]

    @api.model
    def _past_of_leads(self, lowest, below, start):
        """Customers who put themselves on the blacklist or left a mailing list."""
        rows = super()._past_of_leads(lowest, below, start)
        return rows + self._past_opt_outs(lowest, below, start) + self._past_blocked(lowest, below, start)

    @api.model
    def _past_opt_outs(self, lowest, below, start):
        """By the customer himself, as far as it can be seen: he was the last to change it."""
        return self.env["mailing.subscription"]._event_opt_outs(
            SQL(
                """
                lead.id >= %s AND lead.id < %s AND subscription.opt_out_datetime >= lead.create_date
                AND subscription.opt_out_datetime < %s
                AND EXISTS (SELECT FROM res_users u WHERE u.id = subscription.write_uid AND u.share)
                """,
                lowest,
                below,
                start["moment"],
            )
        )

    @api.model
    def _past_blocked(self, lowest, below, start):
        return [
            {
                "lead_id": lead_id,
                "kind": "unsubscribed",
                "moment": moment,
                "direction": "in",
                "actor_id": customer,
                "model": "mail.blacklist",
                "res_id": blacklisted,
            }
            for lead_id, moment, customer, blacklisted in self.env.execute_query(
                SQL(
                    """
                    SELECT lead.id, black.create_date, lead.partner_id, black.id
                      FROM crm_lead lead
                      JOIN mail_blacklist black ON black.email = lead.email_normalized
                      JOIN res_users creator ON creator.id = black.create_uid AND creator.share
                     WHERE lead.id >= %s AND lead.id < %s AND black.id <= %s AND black.create_date >= lead.create_date
                    """,
                    lowest,
                    below,
                    start.get("mail_blacklist", 0),
                )
            )
        ]

    @api.model
    def _past_told_elsewhere(self, lowest, below):
        """The messages that a mailing left on its leads: the mailing itself is told."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT message.id
                  FROM crm_lead_event told
                  JOIN mailing_trace trace ON trace.id = told.res_id
                  JOIN mail_message message ON message.message_id = trace.message_id
                 WHERE told.lead_id >= %s AND told.lead_id < %s AND told.kind = 'mailing_sent'
                   AND told.model = 'mailing.trace'
                """,
                lowest,
                below,
            )
        )
        return super()._past_told_elsewhere(lowest, below) | {row[0] for row in found}
