from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..intake import clean

MOST_OF_ADDRESS = 5  # applications a day from one address
MOST_A_DAY = 100  # of a company, from wherever
QUIET_HOURS = 1  # managers are told once, however many come


class CrmResellerApplication(models.Model):
    """From the public page to the database. Whoever applies learns nothing of what is known of anybody."""

    _inherit = "crm.reseller.application"

    @api.model
    def _take_in(self, company, sent, languages, address):
        """:param sent: the form as it came
        :param languages: the values of its language boxes
        :return: {field: what is wrong}, {} where it was taken, or looks as if it were
        """
        if clean.is_robot(sent):
            return {}
        found, wrong = clean.entries(sent)
        found["email"] = email_normalize(found["email"]) or ""
        if not found["email"]:
            wrong.add("email")
        if wrong:
            return {name: words for name, words in self._wrong_words().items() if name in wrong}
        if self._is_too_much(company, address):
            return {"form": self.env._("We can't take more applications today. Please try again tomorrow.")}
        application = self.sudo().create(
            {
                **found,
                "country_id": self._known_id("res.country", found["country_id"]),
                "industry_id": self._known_id("res.partner.industry", found["industry_id"]),
                "lang_ids": self._languages(languages).ids,
                "company_id": company.id,
                "lang": self.env.lang,
                "address_hash": self._hash(address),
            }
        )
        application._tell_managers()
        return {}

    @api.model
    def _wrong_words(self):
        return {
            "name": self.env._("Please enter your company."),
            "contact_name": self.env._("Please enter your name."),
            "email": self.env._("Please enter one e-mail address, for example name@example.com."),
            "website": self.env._("Please enter the address of your website, for example www.example.com."),
            "why": self.env._("Please tell us in a few words why you would like to become a partner."),
        }

    @api.model
    def _hash(self, address):
        """The same key as for the links in offers; no address is kept."""
        return self.env["crm.lead.offer.access"]._hash(address)

    @api.model
    def _is_too_much(self, company, address):
        since = ("create_date", ">", fields.Datetime.now() - timedelta(days=1))
        applications = self.sudo()
        return (
            applications.search_count([since, ("address_hash", "=", self._hash(address))], limit=MOST_OF_ADDRESS)
            >= MOST_OF_ADDRESS
            or applications.search_count([since, ("company_id", "=", company.id)], limit=MOST_A_DAY) >= MOST_A_DAY
        )

    @api.model
    def _known_id(self, model, number):
        return self.env[model].sudo().browse(number).exists().id if number else False

    @api.model
    def _languages(self, values):
        return self.env["res.lang"].sudo().search([("id", "in", clean.numbers(values))])

    def _tell_managers(self):
        """That applications wait; once an hour, so that nobody can flood colleagues by the form."""
        since = fields.Datetime.now() - timedelta(hours=QUIET_HOURS)
        others = [("id", "!=", self.id), ("company_id", "=", self.company_id.id), ("create_date", ">", since)]
        if self.sudo().search_count(others, limit=1):
            return
        self.company_id._tell_channel_managers(self, lambda told: told._manager_words())

    def _manager_words(self):
        body = self.env._("Applications wait under CRM, Sales, Applications of Partners.")
        return self.env._("Somebody wants to become a partner"), body
