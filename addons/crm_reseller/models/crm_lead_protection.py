from odoo import api, fields, models
from odoo.tools import format_date

from ..conflicts.alike import keys

IS_FREE = "reseller_is_free"  # context: whose protection was asked for already, and there is none


class CrmLead(models.Model):
    """Leads of a company that a partner has registered: while that is protected, they are no other partner's."""

    _inherit = "crm.lead"

    def _protections(self):
        """Which protected registrations are of the same company as each lead. Here only what is certain counts: names
        that are merely alike are for a person to judge.

        :return: {lead id: registrations}, of leads that have any, in a number of queries that does not grow with them
        """
        domain = [
            ("state", "=", "approved"),
            ("protected_until", ">=", fields.Date.today()),
            ("company_id.reseller_registrations", "=", True),
        ]
        registrations = self.env["crm.deal.registration"].sudo().search(domain, order="id")
        if not registrations:
            return {}
        by_key, by_lead = {}, registrations.grouped("lead_id")
        for registration in registrations:
            for key in keys(registration._known()):
                by_key[key] = by_key.get(key, registration.browse()) | registration
        found = {}
        for lead in self.sudo():
            protecting = by_lead.get(lead, registrations.browse())
            for key in keys(registrations._known_of_lead(lead)):
                protecting |= by_key.get(key, registrations.browse())
            company = lead.company_id
            if same := protecting.filtered(lambda one, company=company: not company or one.company_id == company):
                found[lead.id] = same.sorted("id")
        return found

    def _protected_against(self, partner, protections=None):
        """:param protections: of these leads, where they were asked for already
        :return: another partner's registration that keeps this lead from the partner, none where he may have it
        """
        protections = self._protections() if protections is None else protections
        registrations = protections.get(self.id, self.env["crm.deal.registration"])
        is_his = partner.sudo().commercial_partner_id in registrations.partner_id.commercial_partner_id
        return registrations[:0] if is_his else registrations[:1]

    def _protection_words(self, registration):
        return self.env._(
            "%(name)s: %(partner)s has registered this company, and it is protected until %(day)s.",
            name=self.name,
            partner=registration.partner_id.name,
            day=format_date(self.env, registration.protected_until),
        )

    @api.onchange("partner_assigned_id")
    def _onchange_protected(self):
        """By hand anybody may be entered, knowingly."""
        lead, partner = self._origin, self.partner_assigned_id._origin
        registration = lead._protected_against(partner) if lead and partner else None
        if registration:
            return {"warning": {"title": self.env._("Protected"), "message": lead._protection_words(registration)}}
        return None

    def search_geo_partner(self):
        """Odoo's assignment by place gives the partner who registered the company what is to come from it."""
        found = super().search_geo_partner()
        if self.env.context.get(IS_FREE):
            return found
        for lead_id, registrations in self._protections().items():
            found[lead_id] = registrations[0].partner_id.id
        return found
