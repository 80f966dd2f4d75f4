from .board_common import BoardCase

ENTRIES = {
    "name": "Otter Trade",
    "contact_name": "Oda Example",
    "email": "Oda@Otter.example.com",
    "phone": "+32 470 11 22 33",
    "website": "www.otter.example.com",
    "why": "We sell pumps in Ghent.",
}


class ApplicationCase(BoardCase):
    """Company A takes applications; Cora decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Application = cls.env["crm.reseller.application"]
        cls.company_a.reseller_applications = True

    def apply(self, address="192.0.2.1", languages=(), **entries):
        before = self.Application.search([], limit=1).id or 0
        errors = self.Application._take_in(self.company_a, {**ENTRIES, **entries}, languages, address)
        self.assertFalse(errors)
        return self.Application.search([("id", ">", before)])

    def as_cora(self, application):
        return application.with_user(self.cora)

    def mails_of(self, application):
        """To the applicant."""
        return self.env["mail.mail"].search(
            [
                ("model", "=", application._name),
                ("res_id", "in", application.ids),
                ("email_to", "in", application.mapped("email")),
            ]
        )
