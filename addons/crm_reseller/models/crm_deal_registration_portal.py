from odoo import api, fields, models
from odoo.tools import format_amount, format_date

# what a partner enters, and how long it may be
LENGTHS = {
    "name": 120,
    "contact_name": 120,
    "email": 120,
    "phone": 40,
    "vat": 40,
    "website": 200,
    "product": 200,
}
MOST_A_DAY = 50


class CrmDealRegistration(models.Model):
    """What a partner does and reads on his pages: his own registrations, and of these an allow-list."""

    _inherit = "crm.deal.registration"

    @api.model
    def _take_in(self, partner, user, company, values):
        """:param values: what was entered, as text
        :return: (registration, {}) or (nothing, {field: what is wrong})
        """
        vals, errors = self._read_entries(values)
        registrations = self.sudo()
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        if registrations.search_count([("partner_id", "=", partner.id), ("create_date", ">=", today)]) >= MOST_A_DAY:
            errors["name"] = self.env._("You have registered very many deals today. Please go on tomorrow, or ask us.")
        if errors:
            return self.browse(), errors
        registration = registrations.create(
            {**vals, "partner_id": partner.id, "registered_by_id": user.id, "company_id": company.id}
        )
        registration._tell_managers()
        return registration, {}

    @api.model
    def _read_entries(self, values):
        vals = {name: (values.get(name) or "").strip()[:length] for name, length in LENGTHS.items()}
        errors = {}
        if not vals["name"]:
            errors["name"] = self.env._("Please enter the customer's company.")
        if not vals["product"]:
            errors["product"] = self.env._("Please enter what the customer is to buy.")
        vals["amount"] = self._read_amount(values.get("amount"), errors)
        vals["date_expected"] = self._read_date(values.get("date_expected"), errors)
        country = values.get("country_id") or ""
        if country.isdecimal() and len(country) < 10:
            vals["country_id"] = self.env["res.country"].sudo().browse(int(country)).exists().id
        return vals, errors

    @api.model
    def _read_amount(self, text, errors):
        try:
            amount = float((text or "0").replace(" ", "").replace(",", ".") or 0)
        except ValueError:
            amount = -1.0
        if not 0 <= amount < 1e12:
            errors["amount"] = self.env._("Please enter the amount as a number, for example 12000.")
            return 0.0
        return amount

    @api.model
    def _read_date(self, text, errors):
        if not text:
            return False
        try:
            return fields.Date.to_date(text)
        except ValueError:
            errors["date_expected"] = self.env._("Please enter the day as YYYY-MM-DD.")
            return False

    def _answer_question(self, text):
        """:return: whether there was a question to answer"""
        text = (text or "").strip()[:2000]
        if self.state != "question" or not text:
            return False
        self.sudo().write({"answer": text, "state": "review"})
        self.sudo()._tell_managers()
        return True

    def _ask_extension(self, text):
        """Once, while the deal is protected."""
        text = (text or "").strip()[:2000]
        if not self._can_be_extended() or not text:
            return False
        self.sudo().write({"extension_state": "asked", "extension_reason": text})
        self.sudo()._tell_managers()
        return True

    def _can_be_extended(self):
        return self.state == "approved" and self.days_left > 0 and not self.extension_state

    def _for_partner(self):
        """All that a partner reads of a registration, as plain values."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "product": self.product,
            "amount": self._amount_words(),
            "registered": format_date(self.env, self.create_date),
            "rows": self._partner_rows(),
            "state": self.state,
            "state_words": self._partner_words(),
            "question": self.question if self.state == "question" else "",
            "days_left": self.days_left,
            "can_be_extended": self._can_be_extended(),
            "extension": self.extension_state or "",
            "opportunity_id": self._own_opportunity().id,
        }

    def _partner_rows(self):
        rows = [
            (self.env._("Registered"), format_date(self.env, self.create_date)),
            (self.env._("What is to be sold"), self.product),
            (self.env._("Amount"), self._amount_words()),
            (self.env._("Expected closing"), self.date_expected and format_date(self.env, self.date_expected)),
            (self.env._("Contact"), self.contact_name),
            (self.env._("E-mail"), self.email),
            (self.env._("Phone"), self.phone),
            (self.env._("Website"), self.website),
            (self.env._("Tax ID"), self.vat),
            (self.env._("Country"), self.country_id.name),
            (self.env._("Your answer"), self.answer),
        ]
        return [(label, value) for label, value in rows if value]

    def _amount_words(self):
        return format_amount(self.env, self.amount, self.currency_id) if self.amount else ""

    def _own_opportunity(self):
        """The opportunity, as long as it is the partner's."""
        lead = self.lead_id
        holder = lead.partner_assigned_id.commercial_partner_id
        return lead if holder == self.partner_id.commercial_partner_id else lead.browse()

    def _partner_words(self):
        if self.state == "question":
            return self.env._("We have a question")
        if self.state == "refused":
            return self.env._("Not accepted: %(why)s", why=self.refusal or "")
        if self.state == "approved":
            if self.days_left:
                return self.env._(
                    "Approved, protected until %(day)s: %(days)s more days",
                    day=format_date(self.env, self.protected_until),
                    days=self.days_left,
                )
            return self.env._("Approved, the protection is over")
        return self.env._("Under review")
