from odoo import models
from odoo.tools import email_normalize

from .mend import is_mended


class CrmLead(models.Model):
    """Who may write into a lead's thread by mail, and whose address goes out with it."""

    _inherit = "crm.lead"

    def _is_foreign_reseller(self, email):
        """Whether an address is that of a partner of ours who has nothing to do with this lead.

        Not foreign: who has the lead, his colleagues, the customer's people, followers, and whoever works here.
        """
        self.ensure_one()
        lead, normalized = self.sudo(), email_normalize(email, strict=False)
        people = self.env["res.partner"].sudo().search([("email_normalized", "=", normalized)]) if normalized else []
        if not people or not people.user_ids.filtered("active") <= people.user_ids.filtered("share"):
            return False
        companies = people.commercial_partner_id
        if not (people | companies).filtered(lambda partner: partner.partner_weight > 0):
            return False
        own = lead.partner_assigned_id.commercial_partner_id | lead.partner_id.commercial_partner_id
        return not (companies & own) and not (people & lead.message_partner_ids)

    def _notify_by_email_get_headers(self, headers=None):
        """With a partner in it nobody gets the addresses of all the others."""
        headers = super()._notify_by_email_get_headers(headers=headers)
        if len(self) == 1 and self.sudo().partner_assigned_id and is_mended(self.env):
            headers.pop("X-Msg-To-Add", None)
        return headers
