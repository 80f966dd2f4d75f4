from odoo import fields, models
from odoo.exceptions import UserError

STUCK = ("waiting_for_us", "overdue", "no_next_step", "stalled")
TEMPLATE = "crm_reseller.mail_template_lead_remind"


class CrmLead(models.Model):
    """What a channel manager does about leads that do not move while a partner has them."""

    _inherit = "crm.lead"

    def action_remind_partner(self):
        """A mail to each lead's partner that asks for the next step; those without an address are told of."""
        reached = self._of_partners().filtered(lambda lead: lead.partner_assigned_id.email)
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("The mail that reminds partners is missing."))
        template.sudo().send_mail_batch(reached.ids)
        reached._message_log_batch(
            {
                lead.id: self.env._("%(partner)s was reminded of this lead.", partner=lead.partner_assigned_id.name)
                for lead in reached
            }
        )
        words = self.env._("Partners were reminded of %(number)s leads.", number=len(reached))
        if rest := len(self) - len(reached):
            words += " " + self.env._("%(number)s have no partner, or one without an e-mail address.", number=rest)
        return self._notice(words, bool(reached))

    def action_take_back_from_partner(self):
        """The leads are nobody's again; their former partner no longer follows them and is not asked again."""
        leads = self._of_partners()
        leads._check_not_protected()
        leads._take_back_from_partner()
        return self._notice(self.env._("%(number)s leads were taken back.", number=len(leads)), bool(leads))

    def action_offer_again(self):
        """Taken back, and offered to those who fit; the former partner is not among them."""
        leads = self._of_partners()
        leads._check_not_protected()
        if any(not lead._offering_company().sudo().reseller_offers for lead in leads):
            return leads.action_offer_to_partners()  # says for which company it is off
        leads._take_back_from_partner()
        return leads.action_offer_to_partners()

    def _of_partners(self):
        """Checked against the person's rights: open leads that a partner has."""
        self.check_access("write")
        return self.filtered(lambda lead: lead.partner_assigned_id and lead.active and lead.won_status == "pending")

    def _check_not_protected(self):
        registration = (
            self.env["crm.deal.registration"]
            .sudo()
            .search(
                [
                    ("lead_id", "in", self.ids),
                    ("state", "=", "approved"),
                    ("protected_until", ">=", fields.Date.today()),
                ],
                limit=1,
            )
        )
        if registration:
            raise UserError(
                self.env._(
                    "%(name)s was registered by %(partner)s and is protected until %(day)s.",
                    name=registration.lead_id.name,
                    partner=registration.partner_id.name,
                    day=fields.Date.to_string(registration.protected_until),
                )
            )

    def _take_back_from_partner(self):
        for partner, leads in self.grouped("partner_assigned_id").items():
            before = dict.fromkeys(leads.with_env(self.env), partner.sudo().commercial_partner_id)
            leads.write({"partner_assigned_id": False})
            leads._unsubscribe_former(before)
            for lead in leads.sudo():
                lead.partner_declined_ids |= partner
            words = self.env._("Taken back from %(partner)s.", partner=partner.name)
            leads._message_log_batch(dict.fromkeys(leads.ids, words))
