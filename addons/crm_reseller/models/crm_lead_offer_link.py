from odoo import api, fields, models
from odoo.tools import consteq, hmac

SCOPE = "crm_reseller.offer"


class CrmLeadOffer(models.Model):
    """The signed link by which a partner answers without logging in."""

    _inherit = "crm.lead.offer"

    def _token(self):
        """Good for this offer alone; the nonce is nowhere but in the database."""
        self.ensure_one()
        offer = self.sudo()
        return hmac(offer.env, SCOPE, (offer.id, offer.nonce))

    def _link(self):
        return f"{self.get_base_url()}/reseller/offer/{self.id}/{self._token()}"

    @api.model
    def _by_link(self, offer_id, token):
        """:return: the offer that a link is for, none where the link is not ours"""
        offer = self.sudo().browse(offer_id).exists()
        if not offer:
            return self.browse()
        return offer if token.isascii() and consteq(offer._token(), token) else self.browse()

    def _is_open(self):
        """Whether an answer counts now."""
        self.ensure_one()
        return not self._why_closed()

    def _why_closed(self):
        """:return: why an answer no longer counts, in words for the partner, or nothing"""
        self.ensure_one()
        offer = self.sudo()
        said = offer._closed_words().get(offer.state)
        return said or offer._why_overtaken()

    def _closed_words(self):
        return {
            "draft": self.env._("This offer is not open yet."),
            "accepted": self.env._("You have accepted this lead. Thank you."),
            "declined": self.env._("You have declined this lead. Thank you for telling us."),
            "expired": self.env._("The time to answer is over, so we have asked somebody else."),
            "recalled": self.env._("We have taken this offer back. Please excuse the inconvenience."),
            "lost_to_another": self.env._("Another partner was quicker this time. Thank you for your interest."),
        }

    def _why_overtaken(self):
        """What happened meanwhile that nobody has told the offer yet."""
        lead, partner = self.lead_id, self.partner_id
        if self.valid_until and self.valid_until <= fields.Datetime.now():
            return self.env._("The time to answer is over.")
        if not lead:
            return self.env._("This lead is not there any more.")
        if not lead.active or lead.won_status != "pending":
            return self.env._("This lead has been closed meanwhile.")
        if lead.partner_assigned_id:
            return self.env._("This lead has been given to somebody meanwhile.")
        if not partner.active:
            return self.env._("Your partnership has ended, so we can't give you this lead. Please ask us.")
        if partner.company_id and lead.company_id and partner.company_id != lead.company_id:
            return self.env._("Another company of ours looks after you now, so we can't give you this lead.")
        return ""
