from odoo import models
from odoo.tools import email_normalize

from .mend import is_mended


class CrmLead(models.Model):
    """Mails of partners to leads that are not theirs, and what goes out with mails about leads of partners."""

    _inherit = "crm.lead"

    def message_update(self, msg_dict, update_vals=None):
        """Odoo posts a reply of anybody who has the address. A partner's mail on another's lead becomes an internal
        note: the lead's own partner does not read it, and no answer goes back by itself.
        """
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or ())
        if self._is_written_by_stranger(author, msg_dict.get("email_from")):
            msg_dict.update(is_internal=True, parent_id=False)
            self._tell_of_stranger(author.display_name or msg_dict["email_from"])
        return super().message_update(msg_dict, update_vals)

    def _is_written_by_stranger(self, author, email):
        """Whether a partner of ours writes who does not work on this lead: neither he who has it nor, as far as their
        roles let them, his colleagues; not the customer's people, a follower, or somebody who works here.
        """
        lead, normalized = self.sudo(), email_normalize(email or "", strict=False)
        with_portal = (lead.company_id or self.env.company.sudo()).reseller_portal
        if not with_portal and not is_mended(self.env):
            return False
        people = author | author.search([("email_normalized", "=", normalized)]) if normalized else author
        companies = people.commercial_partner_id
        if not (people | companies).filtered(lambda partner: partner.partner_weight > 0):
            return False
        if people.user_ids.filtered(lambda user: user.active and not user.share):
            return False
        if companies & lead.partner_id.commercial_partner_id or people & lead.message_partner_ids:
            return False
        if with_portal:
            return not any(lead.filtered_domain(partner._leads_of_partner_domain()) for partner in people)
        return not companies & lead.partner_assigned_id.commercial_partner_id

    def _tell_of_stranger(self, name):
        lead = self.sudo()
        if lead.user_id:
            body = self.env._(
                "A mail from %(partner)s, who does not work on this lead, was kept as an internal note.", partner=name
            )
            lead.message_notify(partner_ids=lead.user_id.partner_id.ids, body=body, subject=lead.name)

    def _notify_by_email_get_headers(self, headers=None):
        """With a partner in it nobody gets the addresses of all the others."""
        headers = super()._notify_by_email_get_headers(headers=headers)
        if len(self) == 1 and self.sudo().partner_assigned_id and is_mended(self.env):
            headers.pop("X-Msg-To-Add", None)
        return headers
