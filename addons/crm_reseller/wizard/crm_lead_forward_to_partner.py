from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mend import is_mended

TEMPLATE = "website_crm_partner_assign.email_template_lead_forward_mail"


class CrmLeadForwardToPartner(models.TransientModel):
    """Odoo's dialog for sending leads to partners, with every partner treated by himself."""

    _inherit = "crm.lead.forward.to.partner"

    protection_words = fields.Text(compute="_compute_protection_words")

    @api.depends("forward_type", "partner_id", "assignation_lines.lead_id", "assignation_lines.partner_assigned_id")
    def _compute_protection_words(self):
        for wizard in self:
            wizard.protection_words = wizard._protection_text(wizard._protected())

    def action_forward(self):
        protected = self._protected()
        if protected and not self.env.user.has_group("crm_reseller.group_channel_manager"):
            words = self.env._("A channel manager can forward it all the same.")
            raise UserError(f"{self._protection_text(protected)}\n{words}")
        result = self._forward()
        for lead, _partner, _registration in protected:
            lead._message_log(body=self.env._("Forwarded although another partner has registered the company."))
        return result

    def _protected(self):
        """:return: [(lead, the partner that it would go to, another's protected registration of its company), …]"""
        protections = self.assignation_lines.lead_id._protections()
        return [
            (lead, partner, registration)
            for partner, lines in self._lines_by_partner().items()
            for lead in lines.lead_id
            if (registration := lead._protected_against(partner, protections))
        ]

    def _protection_text(self, protected):
        return "\n".join(lead._protection_words(registration) for lead, _partner, registration in protected)

    def _forward(self):
        if not is_mended(self.env):
            return super().action_forward()
        self.ensure_one()
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("The mail that tells a partner of his leads is missing."))
        by_partner = self._lines_by_partner()
        without = [partner.name for partner in by_partner if not partner.email]
        if without:
            raise UserError(self.env._("Enter an e-mail address first for: %(names)s.", names=", ".join(without)))
        for partner, lines in by_partner.items():
            self._forward_to(partner, lines, template)
        return True

    def _lines_by_partner(self):
        """:return: {partner: lines}, without the lines that have no partner"""
        single = self.partner_id if self.forward_type == "single" else None
        by_partner = self.assignation_lines.grouped(lambda line: single or line.partner_assigned_id)
        return {partner: lines for partner, lines in by_partner.items() if partner}

    def _forward_to(self, partner, lines, template):
        template.with_context(
            partner_id=partner,
            partner_leads=[{"lead_link": line.lead_link, "lead_id": line.lead_id} for line in lines],
            partner_in_portal=self._is_in_portal(partner),
        ).send_mail(self.id)
        leads = lines.lead_id
        leads.with_context(mail_auto_subscribe_no_notify=1).write(
            {"partner_assigned_id": partner.id, "user_id": partner.user_id.id}
        )
        leads.message_subscribe(partner.ids)

    def _is_in_portal(self, partner):
        """Whether the partner or one of his contacts can log in to see the leads."""
        portal = self.env.ref("base.group_portal")
        return portal in (partner | partner.child_ids).sudo().user_ids.all_group_ids
