from odoo.tests import Form, tagged

from .common import QuotationCase

GROUP = "crm_reseller_sale.group_quotations"


@tagged("post_install", "-at_install")
class TestSettings(QuotationCase):
    """What we see of it: products, quotations, and the switch."""

    def test_switch(self):
        """Salespeople see it while a company has it on; company by company."""
        olga = self.users["olga"]
        self.assertTrue(olga.has_group(GROUP))
        (self.company_a | self.company_b).reseller_quotations = False
        self.assertFalse(olga.has_group(GROUP))
        self.env["res.company"].create({"name": "Company C", "reseller_quotations": True})
        self.assertTrue(olga.has_group(GROUP))

    def test_off_at_first(self):
        """Nothing is on in a new company, no product is open."""
        self.assertFalse(self.env["res.company"].create({"name": "Company D"}).reseller_quotations)
        self.assertFalse(self.env["product.template"].create({"name": "Thing"}).reseller_open)

    def test_views(self):
        """The product's form opens it to partners; filter and group find what partners made."""
        self.users["mona"].group_ids += self.env.ref("product.group_product_manager")
        with Form(self.secret.product_tmpl_id.with_user(self.users["mona"])) as form:
            form.reseller_open = True
            form.reseller_grade_id = self.grade
        self.assertTrue(self.secret.reseller_open)
        order, _trouble = self.quote("pia", self.lead_company)
        arch = self.orders.with_user(self.users["mona"]).get_view(
            self.env.ref("sale.sale_order_view_search_inherit_quotation").id, "search"
        )["arch"]
        for name in ("by_reseller", "group_by_reseller"):
            self.assertIn(f'name="{name}"', arch)
        orders = self.orders.with_user(self.users["mona"])
        self.assertEqual(orders.search([("reseller_id", "=", self.brussels.id)]), order)
        with Form(order.with_user(self.users["mona"])) as form:
            self.assertEqual(form.reseller_id, self.brussels)
