from .common import ResellerCase

ENTRIES = {
    "name": "Brightwater Pumps Ltd",
    "contact_name": "Ben Example",
    "email": "ben@brightwater.example.com",
    "phone": "+32 470 99 88 77",
    "vat": "BE 0477.472.701",
    "website": "https://www.brightwater.example.com",
    "product": "Ten pumps",
    "amount": "12000",
    "date_expected": "2026-09-30",
}


class RegistrationCase(ResellerCase):
    """Company A lets partners register deals: protected for 90 days, 30 more on request. Cora is channel manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Registration = cls.env["crm.deal.registration"]
        cls.company_a.write(
            {"reseller_registrations": True, "reseller_protection_days": 90, "reseller_extension_days": 30}
        )
        cls.cora = cls.env["res.users"].create(
            {
                "name": "Cora",
                "login": "reseller_cora",
                "email": "cora@example.com",
                "company_id": cls.company_a.id,
                "company_ids": cls.company_a.ids,
                "group_ids": cls.env.ref("crm_reseller.group_channel_manager").ids,
            }
        )
        cls.users["cora"] = cls.cora

    def register(self, partner=None, user=None, **entries):
        registration, errors = self.Registration._take_in(
            partner or self.brussels, user or self.pia, self.company_a, {**ENTRIES, **entries}
        )
        self.assertFalse(errors)
        return registration

    def as_cora(self, registration):
        return registration.with_user(self.cora)
