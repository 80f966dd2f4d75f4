from odoo.fields import Command

from odoo.addons.crm_reseller.tests.portal_common import PortalCase

from ..quoting.entered import PREFIX, entered


class QuotationCase(PortalCase):
    """The world of the partners' pipeline, with products.

        open: Pump 100, Hose 7.50      not open: Secret Pump      of company B: Far Pump
        from level Platinum: Big Pump      no longer sold: Old Pump (open)

    The customer of `lead_company` and `lead_pia` is Works, the others have none. Quotations are on in company A.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.template"].search([("reseller_open", "=", True)]).reseller_open = False
        cls.platinum = cls.env["res.partner.grade"].create({"name": "Platinum of the test", "partner_weight": 50})
        cls.pump = cls._make_product("Pump", 100)
        cls.hose = cls._make_product("Hose", 7.5)
        cls.secret = cls._make_product("Secret Pump", 1, reseller_open=False)
        cls.far_pump = cls._make_product("Far Pump", 1, company_id=cls.company_b.id)
        cls.big = cls._make_product("Big Pump", 1000, reseller_grade_id=cls.platinum.id)
        cls.old = cls._make_product("Old Pump", 1, sale_ok=False)
        cls.closed = cls.secret | cls.far_pump | cls.big | cls.old
        cls.works = cls.env["res.partner"].create({"name": "Works", "is_company": True})
        (cls.lead_company | cls.lead_pia).partner_id = cls.works
        (cls.company_a | cls.company_b).reseller_quotations = True
        cls.orders = cls.env["sale.order"]

    @classmethod
    def _make_product(cls, name, price, **vals):
        vals = {"reseller_open": True, "type": "consu", "taxes_id": [Command.clear()], **vals}
        return cls.env["product.product"].create({"name": name, "list_price": price, **vals})

    def quote(self, name, lead, quantities=None, token="t", **entries):
        """As the partner does: (quotation, why not)."""
        typed = {f"{PREFIX}{product.id}": str(text) for product, text in (quantities or {self.pump: 2}).items()}
        lead = lead.with_user(self.users[name]).with_company(self.company_a)
        return lead._partner_quote(entered({**typed, "token": token, **entries}))

    def made(self, lead=None):
        return self.orders.search([("opportunity_id", "in", (lead or self.deals).ids)])
