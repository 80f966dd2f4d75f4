from odoo import api, models

TOLD = {"sent": "mailing_sent", "open": "mail_opened"}
IMPLIED = "crm_core_opening_implied"  # context: a click or an answer marks the mail as opened

OF_LEADS = [("model", "=", "crm.lead"), ("is_test_trace", "=", False)]


class MailingTrace(models.Model):
    """Tells the event log of mailings to leads."""

    _inherit = "mailing.trace"

    def write(self, vals):
        kind = TOLD.get(vals.get("trace_status"))
        if kind and not (kind == "mail_opened" and self.env.context.get(IMPLIED)):
            known = [(trace_id, kind, self.env.uid) for trace_id in self._ids]
            self.env["crm.lead.event"]._record_later(self._name, known)
        return super().write(vals)

    @api.model
    def _event_rows(self, known):
        """The events that traces of leads are.

        :param list known: (trace id, kind, id of the acting user)
        """
        ids = [trace_id for trace_id, _kind, _uid in known]
        domain = [("id", "in", ids), ("trace_type", "=", "mail")]
        traces = self.search_fetch(domain + OF_LEADS, ["res_id", "mass_mailing_id"])
        there = set(traces._ids)
        known = [found for found in dict.fromkeys(known) if found[0] in there]
        customers = self.browse(found[0] for found in known if found[1] == "mail_opened")._event_customers()
        users = self.env["res.users"].sudo()
        return [
            {
                "lead_id": trace.res_id,
                "kind": kind,
                "direction": "in" if kind == "mail_opened" else "out",
                "actor_id": customers[trace] if kind == "mail_opened" else users.browse(uid).partner_id.id,
                "model": self._name,
                "res_id": trace.id,
                "data": {"mailing": trace.mass_mailing_id.id},
            }
            for trace_id, kind, uid in known
            for trace in traces.browse(trace_id)
        ]

    def _event_customers(self):
        """Trace of a lead -> id of the lead's partner, if any."""
        leads = self.env["crm.lead"].sudo().browse(self.mapped("res_id")).exists()
        partners = {lead.id: lead.partner_id.id for lead in leads}
        return {trace: partners.get(trace.res_id) for trace in self}
