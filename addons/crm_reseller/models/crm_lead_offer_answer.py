from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL

from .crm_lead_offer import OPEN

NOTE_LENGTH = 500


class CrmLeadOffer(models.Model):
    """What a partner answers. One answer counts, and one partner gets the lead."""

    _inherit = "crm.lead.offer"

    def _accept(self):
        """The lead is the partner's, if the offer is still open.

        :return: whether this answer counted
        """
        offer = self.sudo()
        offer._lock()
        if not offer._is_open():
            return False
        lead, partner = offer.lead_id, offer.partner_id
        offer._close("accepted", self.env._("Accepted by link."), answered_at=fields.Datetime.now())
        others = (
            self.env["crm.lead.offer"]
            .sudo()
            .search([("lead_id", "=", lead.id), ("state", "in", OPEN), ("id", "!=", offer.id)])
        )
        others._close("lost_to_another", self.env._("%(partner)s accepted first.", partner=partner.name))
        lead._give_to_partner(partner)
        return True

    def _decline(self, reason=None, note=""):
        """The lead goes on to the next partner.

        :return: whether this answer counted
        """
        offer = self.sudo()
        offer._lock()
        if not offer._is_open():
            return False
        offer._close(
            "declined",
            self.env._("Declined by link."),
            answered_at=fields.Datetime.now(),
            decline_reason_id=reason.id if reason else False,
            decline_note=(note or "").strip()[:NOTE_LENGTH] or False,
        )
        lead = offer.lead_id
        lead.partner_declined_ids |= offer.partner_id
        lead._message_log(body=offer._decline_words())
        offer._ask_next()
        return True

    def _lock(self):
        """Two answers in the same second wait for each other here; the later one finds what the first made of it."""
        leads = self.lead_id.ids
        self.env.flush_all()
        if leads:
            self.env.cr.execute(SQL("SELECT FROM crm_lead WHERE id = ANY(%s) FOR NO KEY UPDATE", leads))
        self.env.cr.execute(SQL("SELECT FROM crm_lead_offer WHERE id = ANY(%s) FOR NO KEY UPDATE", self.ids))
        self.env.invalidate_all(flush=False)

    def _decline_words(self):
        told = [self.env._("%(partner)s declined this lead.", partner=self.partner_id.name)]
        told += [words for words in (self.decline_reason_id.name, self.decline_note) if words]
        return Markup("<br/>").join(told)

    def _ask_next(self):
        """Once nobody has an open offer of the lead any more, the next partner is asked."""
        for company, offers in self.grouped("company_id").items():
            leads = offers.lead_id.filtered(lambda lead: lead._is_to_be_offered())
            if leads and company.reseller_offers:
                leads._make_offers(company)
