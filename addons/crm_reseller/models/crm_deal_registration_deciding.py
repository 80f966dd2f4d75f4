from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

TEMPLATE = "crm_reseller.mail_template_registration"


class CrmDealRegistration(models.Model):
    """What the channel manager decides; the partner gets a mail, and reads it on his page."""

    _inherit = "crm.deal.registration"

    def action_approve(self):
        """An opportunity of the partner's, protected for the time that the settings say."""
        for registration in self._to_decide():
            company = registration.company_id
            lead = self.env["crm.lead"].sudo().create(registration._prepare_lead_vals())
            lead.message_subscribe(registration.partner_id.ids)
            registration._decide(
                "approved",
                lead_id=lead.id,
                protected_until=fields.Date.today() + timedelta(days=company.reseller_protection_days),
            )

    def action_refuse(self):
        for registration in self._to_decide():
            if not registration.refusal:
                raise UserError(self.env._("Write down first why it is refused: the partner reads it."))
            registration._decide("refused")

    def action_ask(self):
        for registration in self._to_decide():
            if not registration.question:
                raise UserError(self.env._("Write down first what you want to know: the partner reads it."))
            registration.write({"state": "question", "answer": False})
            registration._tell_partner()

    def action_grant_extension(self):
        for registration in self._to_extend():
            begin = max(registration.protected_until, fields.Date.today())
            days = registration.company_id.reseller_extension_days
            registration.write({"protected_until": begin + timedelta(days=days), "extension_state": "granted"})
            registration._tell_partner()

    def action_refuse_extension(self):
        registrations = self._to_extend()
        registrations.write({"extension_state": "refused"})
        for registration in registrations:
            registration._tell_partner()

    def _to_decide(self):
        """Checked against the person's rights, locked, then written with all rights."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        registrations = self.sudo()
        for registration in registrations:
            if not registration._is_open():
                raise UserError(self.env._("%(name)s was decided already.", name=registration.name))
        return registrations

    def _to_extend(self):
        self.check_access("write")
        registrations = self.sudo()
        for registration in registrations:
            if registration.extension_state != "asked":
                raise UserError(self.env._("Nobody asked for a longer protection of %(name)s.", name=registration.name))
        return registrations

    def _decide(self, state, **vals):
        self.write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now(), **vals})
        self._tell_partner()

    def _prepare_lead_vals(self):
        partner = self.partner_id
        return {
            "name": f"{self.name}: {self.product}",
            "type": "opportunity",
            "partner_name": self.name,
            "contact_name": self.contact_name,
            "email_from": self.email,
            "phone": self.phone,
            "website": self.website,
            "country_id": self.country_id.id,
            "expected_revenue": self.amount,
            "date_deadline": self.date_expected,
            "company_id": self.company_id.id,
            "partner_assigned_id": partner.id,
            "user_id": partner.user_id.id,
        }

    def _tell_partner(self):
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if template and self._reader().email:
            template.sudo().send_mail(self.id)

    def _reader(self):
        """Who registered it, as long as he is with the partner; else the partner."""
        person = self.registered_by_id.partner_id
        is_there = person.active and person.commercial_partner_id == self.partner_id.commercial_partner_id
        return person if is_there and person.email else self.partner_id

    def _tell_managers(self):
        """Of what a partner did."""
        self.company_id._tell_channel_managers(self, lambda told: told._manager_words())

    def _manager_words(self):
        words = self.env._(
            "%(partner)s waits for your decision on %(name)s.", partner=self.partner_id.name, name=self.name
        )
        if self.has_conflict:
            words += " " + self.env._("It looks like something that we know already.")
        return self.env._("Deal registration: %(name)s", name=self.name), words
