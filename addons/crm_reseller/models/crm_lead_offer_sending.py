from datetime import timedelta

from odoo import api, fields, models

OFFER = "crm_reseller.mail_template_offer"
REMINDER = "crm_reseller.mail_template_offer_reminder"


class CrmLeadOffer(models.Model):
    """Making offers, and the mails that tell of them."""

    _inherit = "crm.lead.offer"

    @api.model
    def _make(self, answers, company):
        """:param answers: list of `fit.facts.Answer`
        :return: new offers, not sent yet
        """
        words = self._reason_writer()
        return self.create(
            [
                {
                    "lead_id": answer.lead,
                    "partner_id": choice.partner,
                    "company_id": company.id,
                    "way": company.reseller_way,
                    "score": choice.score,
                    "reasons": words(choice),
                }
                for answer in answers
                for choice in answer.choices
            ]
        )

    def _send(self):
        """Mail these offers; of who can't be reached any more the offer is taken back, and the next one asked."""
        drafts = self.filtered(lambda offer: offer.state == "draft")
        unsendable = drafts.filtered(lambda offer: offer._why_not_sendable())
        for offer in unsendable:
            offer._close("recalled", offer._why_not_sendable())
        now = fields.Datetime.now()
        for company, offers in (drafts - unsendable).grouped("company_id").items():
            offers.write(
                {
                    "state": "sent",
                    "sent_at": now,
                    "valid_until": now + timedelta(days=company.reseller_days_valid),
                }
            )
        (drafts - unsendable)._mail(OFFER)
        if unsendable:
            unsendable._ask_next()

    def _why_not_sendable(self):
        partner, lead = self.partner_id, self.lead_id
        if not partner.active:
            return self.env._("The partner is archived.")
        if not partner.email:
            return self.env._("The partner has no e-mail address.")
        if not lead or not lead._is_open_for_partners():
            return self.env._("The lead was closed or given to somebody before the offer was sent.")
        return ""

    def _mail(self, name):
        template = self.env.ref(name, raise_if_not_found=False)
        if template and self:
            template.sudo().send_mail_batch(self.ids)
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # who is asked first may be quicker

    def _remind(self):
        self.write({"reminded_at": fields.Datetime.now()})
        self._mail(REMINDER)

    def _expire(self):
        self._close("expired", self.env._("Not answered in time."))
        self._ask_next()
