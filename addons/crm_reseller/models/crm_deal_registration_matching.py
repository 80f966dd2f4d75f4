from odoo import models
from odoo.fields import Command, Domain
from odoo.tools import email_domain_extract, email_normalize

from odoo.addons.iap.tools import iap_tools

from ..conflicts.alike import Known, compare, prefixes

MOST = 300  # candidates of each kind that are compared
KEPT = 20  # matches of a registration


class CrmDealRegistration(models.Model):
    """Looks a registered deal up among leads, customers and other registrations, of its company alone."""

    _inherit = "crm.deal.registration"

    def action_look_again(self):
        self.check_access("write")
        for registration in self:
            registration._look_for_matches()

    def _look_for_matches(self):
        registration = self.sudo()
        asked = registration._known()
        found = [*registration._like_leads(asked), *registration._like_others(asked)]
        found += registration._like_customers(asked)
        found = sorted(found, key=lambda vals: -vals["strength"])[:KEPT]
        registration.write(
            {
                "match_ids": [Command.clear(), *(Command.create(vals) for vals in found)],
                "has_conflict": bool(found),
            }
        )

    def _known(self):
        return Known(
            name=self.name or "",
            vat=self.vat or "",
            email=email_normalize(self.email) or "",
            phone=self._phone_key(),
            domains=self._domains_of(self.website, self.email),
        )

    def _phone_key(self):
        country = self.country_id or self.company_id.country_id
        return (self.phone and self.env.user._phone_format(number=self.phone, country=country)) or ""

    def _domains_of(self, website, email):
        """Domains of the company's own: that of its website, and that of an address at no public provider."""
        site = self.env["crm.lead"]._domain_of_website(website) or ""
        mailbox = (email_normalize(email) and email_domain_extract(email)) or ""
        return frozenset(host for host in (site, mailbox) if host and host not in iap_tools._MAIL_DOMAIN_BLACKLIST)

    def _own_company(self):
        return Domain("company_id", "in", [self.company_id.id, False])

    def _candidates(self, model, *conditions):
        """The newest records that share something with the registration."""
        domain = Domain.OR(conditions) & self._own_company()
        records = self.env[model].sudo().with_context(active_test=False)
        return records.search(domain, limit=MOST, order="id desc") if conditions else records

    def _matches(self, candidates, field, known_of, asked):
        pairs = ((one, compare(asked, known_of(one))) for one in candidates)
        return [{field: one.id, "evidence": m.evidence, "strength": m.strength} for one, m in pairs if m]

    def _name_conditions(self, field, asked):
        return [Domain(field, "ilike", prefix) for prefix in prefixes(asked.name)]

    def _like_leads(self, asked):
        conditions = self._name_conditions("partner_name", asked)
        if asked.email:
            conditions.append(Domain("email_normalized", "=", asked.email))
        if asked.phone:
            conditions.append(Domain("phone_sanitized", "=", asked.phone))
        for domain in asked.domains:
            conditions.append(
                Domain("company_domain", "=", domain) | Domain("email_domain_criterion", "=", f"@{domain}")
            )
        leads = self._candidates("crm.lead", *conditions) - self.lead_id
        return self._matches(leads, "lead_id", self._known_of_lead, asked)

    def _known_of_lead(self, lead):
        customer = lead.partner_id.commercial_partner_id
        return Known(
            name=lead.partner_name or customer.name or "",
            vat=customer.vat or "",
            email=lead.email_normalized or "",
            phone=lead.phone_sanitized or "",
            domains=self._domains_of(lead.website, lead.email_from) | frozenset(filter(None, [lead.company_domain])),
        )

    def _like_customers(self, asked):
        conditions = self._name_conditions("name", asked)
        if asked.vat:
            conditions.append(Domain("vat", "in", [asked.vat, asked.vat.replace(" ", "").replace(".", "").upper()]))
        if asked.email:
            conditions.append(Domain("email_normalized", "=", asked.email))
        if asked.phone:
            conditions.append(Domain("phone_sanitized", "=", asked.phone))
        conditions += [Domain("website", "ilike", domain) for domain in asked.domains]
        customers = self._candidates("res.partner", *conditions)
        ours = customers.filtered(lambda one: one.commercial_partner_id == self.partner_id.commercial_partner_id)
        return self._matches(customers - ours, "customer_id", self._known_of_customer, asked)

    def _known_of_customer(self, customer):
        return Known(
            name=customer.name or "",
            vat=customer.vat or "",
            email=customer.email_normalized or "",
            phone=customer.phone_sanitized or "",
            domains=self._domains_of(customer.website, customer.email),
        )

    def _like_others(self, asked):
        conditions = self._name_conditions("name", asked)
        exact = (("vat", asked.vat), ("email", self.email), ("phone", self.phone))
        conditions += [Domain(field, "=ilike", value) for field, value in exact if value]
        conditions += [
            Domain("website", "ilike", domain) | Domain("email", "ilike", f"@{domain}") for domain in asked.domains
        ]
        others = (self._candidates(self._name, *conditions) - self).filtered(lambda other: other.state != "refused")
        return self._matches(others, "other_id", lambda other: other._known(), asked)
