from odoo import models


class CrmLead(models.Model):
    """Mails of partners to leads that are not theirs."""

    _inherit = "crm.lead"

    def message_update(self, msg_dict, update_vals=None):
        """Odoo posts a reply of anybody who has the address. A partner's mail on another's lead becomes an internal
        note: the lead's own partner does not read it, and no answer goes back by itself.
        """
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or ())
        if author and self._is_stranger(author):
            msg_dict.update(is_internal=True, parent_id=False)
            self._tell_of_stranger(author)
        return super().message_update(msg_dict, update_vals)

    def _is_stranger(self, author):
        """Another partner than the one who has the lead, or a colleague of his who sees his own leads only."""
        lead = self.sudo()
        company = lead.company_id or self.env.company
        if not company.sudo().reseller_portal or not self._is_reseller(author):
            return False
        customer = lead.partner_id.commercial_partner_id
        if customer and author.commercial_partner_id == customer:
            return False
        return not lead.filtered_domain(author._leads_of_partner_domain())

    def _is_reseller(self, author):
        return max(author.partner_weight, author.commercial_partner_id.partner_weight) > 0

    def _tell_of_stranger(self, author):
        lead = self.sudo()
        if lead.user_id:
            body = self.env._(
                "A mail from %(partner)s, who does not work on this lead, was kept as an internal note.",
                partner=author.display_name,
            )
            lead.message_notify(partner_ids=lead.user_id.partner_id.ids, body=body, subject=lead.name)
