from odoo import models


class MailBlacklist(models.Model):
    _inherit = "mail.blacklist"

    def _add(self, email, message=None):
        """A customer who does it himself has unsubscribed; an employee or a bounce only blocks."""
        is_new = self.env.user.share and not self.search_count([("email", "=", email)])
        record = super()._add(email, message=message)
        if is_new:
            leads = self.env["crm.lead"].sudo().with_context(active_test=False)
            self.env["crm.lead.event"]._record(
                [
                    {
                        "lead_id": lead.id,
                        "kind": "unsubscribed",
                        "direction": "in",
                        "actor_id": lead.partner_id.id,
                        "model": self._name,
                        "res_id": record.id,
                    }
                    for lead in leads.search([("email_normalized", "=", record.email)])
                ]
            )
        return record
