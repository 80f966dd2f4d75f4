from odoo import http
from odoo.tests import tagged

from odoo.addons.crm_reseller.tests.portal_common import INSIDE, PortalPagesCase

from ..quoting.entered import PREFIX
from .common import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationPages(QuotationCase, PortalPagesCase):
    """The pages × own user, partner manager, another partner, a customer, employees, nobody, with guessed numbers."""

    def get(self, lead_id, **query):
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return self.url_open(f"/my/pipeline/{lead_id}/quotations/new?{words}", allow_redirects=False)

    def post(self, lead_id, path="new", **entries):
        data = {"csrf_token": http.Request.csrf_token(self), "make": "1", "token": "of the test", **entries}
        if path == "new":
            data.setdefault(f"{PREFIX}{self.pump.id}", "2")
        self.env.flush_all()
        return self.url_open(f"/my/pipeline/{lead_id}/quotations/{path}", data=data, allow_redirects=False)

    def withdraw(self, lead, order):
        return self.post(lead.id, f"{order.id}/withdraw")

    def test_from_page_to_quotation(self):
        """Button, form, search that keeps what was entered, quotation, its state on the page, withdrawn."""
        self.as_user("paul")
        own = f"/my/pipeline/{self.lead_paul.id}"
        self.assertIn(f"{own}/quotations/new", self.url_open(own).text)
        text = self.get(self.lead_paul.id).text
        self.assertIn("Pump", text)
        self.assertIn("Hose", text)
        for product in self.closed:
            self.assertNotIn(f"{PREFIX}{product.id}", text)
        searched = self.post(self.lead_paul.id, make="", search="hos", note="Soon").text
        self.assertIn(f'name="{PREFIX}{self.pump.id}" value="2"', " ".join(searched.split()).replace("'", '"'))
        self.assertIn("Hose", searched)
        self.assertIn("Soon", searched)
        self.assertFalse(self.made())
        done = self.post(self.lead_paul.id)
        self.assertEqual((done.status_code, done.headers["Location"].endswith(own)), (303, True))
        order = self.made(self.lead_paul)
        self.assertEqual(order.amount_untaxed, 200)
        page = self.url_open(own).text
        for words in (f"Quotation {order.name} is made", "We are checking it", f"quotations/{order.id}/withdraw"):
            self.assertIn(words, page)
        self.assertEqual(self.post(self.lead_paul.id).status_code, 303, "the second click")
        self.assertEqual(self.made(self.lead_paul), order)
        self.withdraw(self.lead_paul, order)
        self.assertIn("Withdrawn", self.url_open(own).text)
        self.assertEqual(order.state, "cancel")

    def test_price_is_the_servers(self):
        """Whatever else is sent counts for nothing."""
        self.as_user("pia")
        self.post(
            self.lead_company.id, price_unit="1", discount="99", partner_id=str(self.brussels.id), state="sale",
            company_id=str(self.company_b.id), user_id=str(self.pia.id), reseller_id=str(self.leeds.id),
        )  # fmt: skip
        self.assertRecordValues(
            self.made(),
            [
                {
                    "amount_untaxed": 200, "partner_id": self.works.id, "state": "draft",
                    "company_id": self.company_a.id, "user_id": self.users["olga"].id, "reseller_id": self.brussels.id,
                }
            ],
        )  # fmt: skip

    def test_mistake(self):
        """It is told, and all that was entered is there still."""
        self.as_user("pia")
        text = self.post(self.lead_company.id, **{f"{PREFIX}{self.pump.id}": "a lot", "note": "For <spring>"}).text
        for words in ("quantities as numbers", "a lot", "For &lt;spring&gt;", "is-invalid"):
            self.assertIn(words, text)
        self.assertFalse(self.made())

    def test_nothing_open(self):
        """Without products a sentence and a way back, no form."""
        (self.pump | self.hose).reseller_open = False
        self.as_user("pia")
        text = self.get(self.lead_company.id).text
        self.assertIn("No products are open to you yet", text)
        self.assertNotIn('name="make"', text)

    def test_without_token(self):
        """A post without Odoo's token does nothing."""
        self.as_user("pia")
        for path in ("new", "1/withdraw"):
            answer = self.url_open(
                f"/my/pipeline/{self.lead_company.id}/quotations/{path}",
                data={"make": "1", "token": "x", f"{PREFIX}{self.pump.id}": "1"},
            )
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.made())

    def test_who_gets_in(self):
        """Pages and posts of opportunities that are not his, or that there are not: not found, and nothing made."""
        order, _trouble = self.quote("pia", self.lead_pia)
        for name, seen in self.sees.items():
            self.as_user(name)
            for number in (*(self.deals - seen).ids, 999999, 2**40):
                for answer in (self.get(number), self.post(number), self.post(number, f"{order.id}/withdraw")):
                    self.assertEqual(answer.status_code, 404, (name, number))
                    self.assertNotIn(order.name, answer.text)
            for lead in seen:
                self.assertEqual(self.get(lead.id).status_code, 200, (name, lead.name))
        for name, status in (*((name, 404) for name in INSIDE), ("public", 303)):
            self.as_user(name)
            for answer in (self.get(self.lead_pia.id), self.post(self.lead_pia.id)):
                self.assertEqual(answer.status_code, status, name)
                self.assertIn("/web/login" if status == 303 else "", answer.headers.get("Location", ""))
        self.assertEqual(self.made(), order)
        self.assertEqual(order.state, "draft")

    def test_taken_back(self):
        """Who lost the opportunity reaches neither the form nor his quotation."""
        order, _trouble = self.quote("pia", self.lead_company)
        self.lead_company.partner_assigned_id = self.leeds
        self.as_user("pia")
        answers = (
            self.get(self.lead_company.id),
            self.post(self.lead_company.id),
            self.withdraw(self.lead_company, order),
        )
        self.assertEqual([answer.status_code for answer in answers], [404] * 3)
        self.as_user("rex")
        self.withdraw(self.lead_company, order)
        self.assertIn("This quotation is not with you", self.url_open(f"/my/pipeline/{self.lead_company.id}").text)
        self.assertEqual(self.made(), order)
        self.assertEqual(order.state, "draft")

    def test_other_numbers(self):
        """Withdrawing an order of ours, or one of another opportunity, does nothing."""
        ours = self.orders.create({"partner_id": self.works.id, "opportunity_id": self.lead_paul.id})
        other, _trouble = self.quote("pia", self.lead_pia)
        self.as_user("paul")
        for order in (ours, other):
            self.withdraw(self.lead_paul, order)
            self.assertIn("This quotation is not with you", self.url_open(f"/my/pipeline/{self.lead_paul.id}").text)
            self.assertEqual(order.state, "draft")

    def test_order_stays_closed(self):
        """The order, its page and its list are the customer's and ours: the partner who made it has no way in."""
        order, _trouble = self.quote("pia", self.lead_company)
        order.action_quotation_sent()
        for name in ("pia", "pam", "rex", "petra"):
            own = order.with_user(self.users[name])
            self.assertFalse(own.has_access("read"), name)
            self.assertFalse(own.search([("id", "=", order.id)]), name)
            self.as_user(name)
            for path in (f"/my/orders/{order.id}", f"/my/orders/{order.id}?report_type=pdf", "/my/quotes"):
                self.assertNotIn(order.name, self.url_open(path).text, (name, path))

    def test_customer_does_not_read_who_made_it(self):
        """A customer with a portal user reads his order, not the partner nor the token behind it."""
        self.users["petra"].partner_id.parent_id = self.works
        order, _trouble = self.quote("pia", self.lead_company)
        own = order.with_user(self.users["petra"])
        self.assertTrue(own.has_access("read"))
        for name in ("reseller_id", "reseller_token"):
            self.assertFalse(own._has_field_access(own._fields[name], "read"), name)
        own = self.pump.product_tmpl_id.with_user(self.users["petra"])
        self.assertFalse(own._has_field_access(own._fields["reseller_open"], "read"))

    def test_off(self):
        """While it is off there is no button, no page and no list; nothing of it in our own views."""
        order, _trouble = self.quote("pia", self.lead_company)
        self.company_a.reseller_quotations = False
        self.env.flush_all()
        self.as_user("pia")
        text = self.url_open(f"/my/pipeline/{self.lead_company.id}").text
        self.assertIn("Deal of the company", text)
        self.assertNotIn("quotations/new", text)
        self.assertNotIn(order.name, text)
        self.assertEqual(self.get(self.lead_company.id).status_code, 404)
        self.assertEqual(self.post(self.lead_company.id).status_code, 404)

    def test_closed_leads_have_no_form(self):
        """A won opportunity leads back with the reason."""
        self.lead_company.action_set_won()
        self.as_user("pia")
        self.assertEqual(self.get(self.lead_company.id).status_code, 303)
        text = self.url_open(f"/my/pipeline/{self.lead_company.id}").text
        self.assertIn("won already", text)
        self.assertNotIn("quotations/new", text)
