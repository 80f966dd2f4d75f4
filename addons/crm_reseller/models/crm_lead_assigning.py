from odoo import models

from .crm_lead_protection import IS_FREE
from .mend import is_mended


class CrmLead(models.Model):
    """Odoo's own ways of giving leads to partners, put right."""

    _inherit = "crm.lead"

    def assign_partner(self, partner_id=False):
        """Each lead goes to its own partner: Odoo gives all the partner of the first."""
        if partner_id or not is_mended(self.env):
            return super().assign_partner(partner_id)
        protections = self._protections()
        for lead in self.with_context(**{IS_FREE: True}):
            keeper = protections[lead.id][0].partner_id.id if lead.id in protections else False
            super(CrmLead, lead).assign_partner(keeper)
        return False

    def write(self, vals):
        if "partner_assigned_id" not in vals or not is_mended(self.env):
            return super().write(vals)
        before = {lead: lead.sudo().partner_assigned_id.commercial_partner_id for lead in self}
        result = super().write(vals)
        self._unsubscribe_former(before)
        return result

    def _unsubscribe_former(self, before):
        """Who has a lead no longer, and his colleagues, do not go on reading its messages."""
        for lead in self.sudo():
            former = before[lead.with_env(self.env)]
            if former and former != lead.partner_assigned_id.commercial_partner_id:
                family = lead.message_partner_ids.filtered(
                    lambda partner, former=former: partner.commercial_partner_id == former and partner.partner_share
                )
                lead.message_unsubscribe(family.ids)
