from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_lead_offer import OPEN

AT_ONCE = 20  # so many leads are offered while the person waits, more by the job
SALESPERSON = "sales_team.group_sale_salesman"


class CrmLead(models.Model):
    """Leads offered to partners: by a button, or by themselves."""

    _inherit = "crm.lead"

    offer_ids = fields.One2many("crm.lead.offer", "lead_id", "Offers to Partners", groups=SALESPERSON)
    reseller_tried_at = fields.Datetime(
        "No Partner Found", readonly=True, copy=False, groups=SALESPERSON, help="The job looks again a day later."
    )
    can_be_offered = fields.Boolean(compute="_compute_can_be_offered", groups=SALESPERSON)

    @api.depends("company_id", "active", "won_status", "partner_assigned_id")
    @api.depends_context("company")
    def _compute_can_be_offered(self):
        for lead in self:
            lead.can_be_offered = lead._is_open_for_partners() and lead._offering_company().sudo().reseller_offers

    def _offering_company(self):
        return self.company_id or self.env.company

    def _is_open_for_partners(self):
        return self.active and self.won_status == "pending" and not self.partner_assigned_id

    def _is_to_be_offered(self):
        return self._is_open_for_partners() and not any(offer.state in OPEN for offer in self.sudo().offer_ids)

    def action_offer_to_partners(self):
        """Ask partners for these leads, each once; says for how many nobody fits, and why."""
        self.check_access("write")
        companies = {lead._offering_company().sudo() for lead in self}
        if closed := [company.name for company in companies if not company.reseller_offers]:
            raise UserError(
                self.env._(
                    "Offering leads to partners is off for %(companies)s. A manager switches it on in the settings.",
                    companies=", ".join(closed),
                )
            )
        leads = self.sudo().filtered(lambda lead: lead._is_to_be_offered())
        asked, left_out = leads._offer_by_company()
        return self._tell_offered(len(self), len(leads), asked, left_out)

    def _offer_by_company(self):
        """:return: (leads that somebody was asked for, {reason: partners left out of the others})"""
        asked, left_out = self.browse(), {}
        for company, theirs in self.grouped(lambda lead: lead._offering_company()).items():
            offers, why = theirs._make_offers(company, is_sending=len(self) <= AT_ONCE)
            asked |= offers.lead_id
            left_out.update({name: max(number, left_out.get(name, 0)) for name, number in why.items()})
        return asked, left_out

    def _make_offers(self, company, is_sending=True):
        """Offers of these leads to those who fit, sent at once or by the job.

        :return: (offers, {reason: number of partners} of the leads for which nobody fits)
        """
        answers = self._partners_that_fit(company.reseller_way, company.reseller_top)
        offers = self.env["crm.lead.offer"].sudo()._make(answers, company)
        left_out, nobody = {}, [answer for answer in answers if not answer.choices]
        for answer in nobody:
            for name, number in answer.left_out.items():
                left_out[name] = max(left_out.get(name, 0), number)
        self.browse([answer.lead for answer in nobody]).write({"reseller_tried_at": fields.Datetime.now()})
        if is_sending:
            offers._send()
        elif offers:
            offers._trigger_job()
        return offers, left_out

    def _tell_offered(self, number, open_number, asked, left_out):
        words = self.env["crm.lead.offer"]._offered_words(number, open_number, len(asked), left_out)
        return self._notice(words, bool(asked))

    def _notice(self, words, is_done):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_done else "warning",
                "message": words,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _give_to_partner(self, partner):
        """As Odoo does when a partner says that he is interested: assigned, an opportunity, and he follows it."""
        self.write({"partner_assigned_id": partner.id})
        if partner.user_id:
            self._handle_salesmen_assignment(user_ids=partner.user_id.ids)
        self.convert_opportunity(self.partner_id)
        self.message_subscribe(partner.ids)
        self._message_log(
            body=Markup("<p>%s</p>") % self.env._("%(partner)s accepted this lead.", partner=partner.name),
            author_id=partner.id,
        )

    def _merge_dependences(self, opportunities):
        """Offers of leads that go are closed, and stay known of the one that remains."""
        if offers := self.env["crm.lead.offer"]._of_leads(opportunities.ids):
            offers.filtered(lambda offer: offer.state in OPEN)._close(
                "recalled", self.env._("The lead was merged with another one.")
            )
            offers.lead_id = self
        return super()._merge_dependences(opportunities)

    def unlink(self):
        offers = self.env["crm.lead.offer"]._of_leads(self.ids)
        offers.filtered(lambda offer: offer.state in OPEN)._close("recalled", self.env._("The lead was deleted."))
        return super().unlink()
