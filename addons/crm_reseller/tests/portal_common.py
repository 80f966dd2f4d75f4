from odoo.tests import HttpCase

from .common import ResellerCase

NOW = "2026-03-10 09:00:00"
INSIDE = ("olga", "aldo", "mona")


class PortalCase(ResellerCase):
    """Company A gives its partners a pipeline.

        Brussels: Pia (manager), Paul (user), Pam (no role)      Leeds: Rex (no role)
        lead_company (of Brussels), lead_paul, lead_pia, lead_rex      `petra` is no partner

    Stages: first and second are open to partners, ours is not, won is won.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.stage"].search([]).reseller_open = False
        stages = cls.env["crm.stage"]
        cls.won = stages.search([("is_won", "=", True), ("team_ids", "=", False)], limit=1)
        cls.first = stages.create({"name": "First of the test", "sequence": -3, "reseller_open": True})
        cls.second = stages.create({"name": "Second of the test", "sequence": -2, "reseller_open": True})
        cls.ours = stages.create({"name": "Ours of the test", "sequence": -1})
        cls.env["crm.lost.reason"].search([]).reseller_open = False
        cls.too_dear = cls.env["crm.lost.reason"].create({"name": "Too dear", "reseller_open": True})
        cls.secret_reason = cls.env["crm.lost.reason"].create({"name": "Our secret reason"})
        cls.company_a.reseller_portal = True
        cls.paul = cls._make_reseller_user("paul", cls.brussels)
        cls.pam = cls._make_reseller_user("pam", cls.brussels)
        for user in cls.pia | cls.paul | cls.pam | cls.rex:
            user.email = f"{user.name.lower()}@partners.example.com"
        cls.pia.partner_id.reseller_role = "manager"
        cls.paul.partner_id.reseller_role = "user"
        cls.lead_company = cls._make_deal("Deal of the company", cls.brussels)
        cls.lead_paul = cls._make_deal("Deal of Paul", cls.paul.partner_id)
        cls.lead_pia = cls._make_deal("Deal of Pia", cls.pia.partner_id)
        cls.lead_rex = cls._make_deal("Deal of Rex", cls.leeds)
        cls.deals = cls.lead_company | cls.lead_paul | cls.lead_pia | cls.lead_rex
        cls.users.update(pia=cls.pia, paul=cls.paul, pam=cls.pam, rex=cls.rex, public=cls.env.ref("base.public_user"))

    @classmethod
    def _make_deal(cls, name, partner, **vals):
        return cls._make_lead(
            name,
            **{
                "type": "opportunity",
                "company_id": cls.company_a.id,
                "partner_assigned_id": partner.id,
                "stage_id": cls.first.id,
                "team_id": cls.north.id,
                "user_id": cls.users["olga"].id,
                "contact_name": "Anna Example",
                "partner_name": "Example Works",
                "email_from": "anna@works.example.com",
                "expected_revenue": 1000,
                "description": "SECRET NOTE",
                **vals,
            },
        )

    def deals_of(self, name):
        return self.env["crm.lead"].with_user(self.users[name]).search([("id", "in", self.deals.ids)]).sudo()


class PortalPagesCase(PortalCase, HttpCase):
    """Whoever may ask for a page: `sees` says which opportunities each person of the portal reaches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.lead_company | cls.lead_paul | cls.lead_pia
        cls.sees = {
            "pia": company,
            "pam": company,
            "paul": cls.lead_paul,
            "rex": cls.lead_rex,
            "petra": cls.env["crm.lead"],
        }
        for name in (*cls.sees, *INSIDE):
            cls.users[name].password = cls.users[name].login

    def as_user(self, name):
        login = None if name == "public" else self.users[name].login
        self.authenticate(login, login)
