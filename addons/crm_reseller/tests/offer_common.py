import re

from .common import ResellerCase

NOW = "2026-03-10 09:00:00"


class OfferCase(ResellerCase):
    """Company A offers leads: three days to answer, a reminder after one, the best three."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Offer = cls.env["crm.lead.offer"]
        cls.company_a.write(
            {
                "reseller_offers": True,
                "reseller_way": "best",
                "reseller_top": 3,
                "reseller_days_valid": 3,
                "reseller_remind_days": 1,
                "reseller_domain": "[('name', '=like', 'Auto%')]",
            }
        )
        cls.too_far = cls.env.ref("crm_reseller.decline_reason_far")

    def new_lead(self, name="Offices for Anna Example", country="be", **vals):
        return self._make_lead(
            name,
            country,
            **{
                "company_id": self.company_a.id,
                "contact_name": "Anna Example",
                "partner_name": "Example Works",
                "email_from": "anna@works.example.com",
                "phone": "+32 470 12 34 56",
                "city": "Ghent",
                "expected_revenue": 5000,
                **vals,
            },
        )

    def offer(self, lead=None, **vals):
        """The offers of a lead, sent."""
        lead = lead or self.new_lead(**vals)
        lead.action_offer_to_partners()
        return lead.offer_ids

    def mails(self, offers):
        return self.env["mail.mail"].search([("model", "=", "crm.lead.offer"), ("res_id", "in", offers.ids)])

    def path(self, offer):
        return re.sub("^https?://[^/]+", "", offer._link())
