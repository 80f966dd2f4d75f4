from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..quoting.entered import Entered
from .common import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotations(QuotationCase):
    """What a partner's quotation is, who is told, and when it is not made."""

    def test_made(self):
        """A draft of the opportunity with its team, salesperson and sources, at the customer's prices."""
        source = self.env["utm.source"].create({"name": "Fair"})
        tag = self.env["crm.tag"].create({"name": "Pumps"})
        self.lead_company.write({"source_id": source.id, "tag_ids": tag.ids})
        order, trouble = self.quote("pia", self.lead_company, {self.pump: 3, self.hose: "2,5"}, note="Soon <b>")
        self.assertEqual(trouble, "")
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft", "partner_id": self.works.id, "opportunity_id": self.lead_company.id,
                    "team_id": self.north.id, "user_id": self.users["olga"].id, "company_id": self.company_a.id,
                    "source_id": source.id, "tag_ids": tag.ids, "origin": "Deal of the company",
                    "reseller_id": self.brussels.id, "create_uid": self.pia.id, "amount_untaxed": 318.75,
                }
            ],
        )  # fmt: skip
        lines = order.order_line.sorted("price_unit")
        self.assertEqual(lines.mapped("product_uom_qty"), [2.5, 3])
        self.assertEqual(self.lead_company.quotation_count, 1)

    def test_salesperson_is_told(self):
        """An activity for the salesperson with the partner's words; the customer and the partner follow nothing."""
        order, _trouble = self.quote("pam", self.lead_company, note="Soon <b>please</b>")
        activity = order.activity_ids
        self.assertEqual(activity.user_id, self.users["olga"])
        self.assertEqual(activity.summary, "Quotation made by Brussels")
        self.assertIn("Soon &lt;b&gt;please&lt;/b&gt;", activity.note)
        self.assertFalse(order.message_partner_ids - self.users["olga"].partner_id)
        self.assertFalse(order.message_ids.notified_partner_ids - self.users["olga"].partner_id)

    def test_without_salesperson(self):
        """The team's leader is told, without a leader the channel managers."""
        self.lead_company.user_id = False
        order, _trouble = self.quote("pia", self.lead_company)
        self.assertEqual(order.activity_ids.user_id, self.users["lena"])
        self.lead_company.team_id = self.south
        order, _trouble = self.quote("pia", self.lead_company, token="u")
        self.assertFalse(order.activity_ids)
        told = self.env["mail.message"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertIn(self.users["mona"].partner_id, told.notified_partner_ids)

    def test_prices_are_the_pricelists(self):
        """The customer's pricelist and currency count on the page and in the quotation."""
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user").implied_ids += self.env.ref("product.group_product_pricelist")
        currency = self.env.ref("base.GBP")
        currency.active = True
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Works",
                "currency_id": currency.id,
                "item_ids": [Command.create({"compute_price": "fixed", "fixed_price": 60})],
            }
        )
        self.works.property_product_pricelist = pricelist
        rows = self.lead_company.with_user(self.pia)._quoting_page(Entered())["rows"]
        self.assertEqual([row["price"].replace("\N{NO-BREAK SPACE}", "") for row in rows], ["£60.00"] * 2)
        order, _trouble = self.quote("pia", self.lead_company)
        self.assertEqual((order.currency_id, order.amount_untaxed), (currency, 120))

    def test_customer_is_made(self):
        """Without a customer it is made of what the opportunity says, once; a known contact is told, not linked."""
        known = self.env["res.partner"].create({"name": "Anna of old", "email": "anna@works.example.com"})
        order, trouble = self.quote("rex", self.lead_rex)
        self.assertEqual(trouble, "")
        self.assertEqual(order.partner_id, self.lead_rex.partner_id)
        self.assertNotEqual(order.partner_id, known)
        self.assertEqual((order.partner_id.name, order.partner_id.parent_id.name), ("Anna Example", "Example Works"))
        self.assertIn("Anna of old", order.activity_ids.note)
        self.assertNotIn(self.rex.partner_id, order.partner_id.message_partner_ids)
        again, _trouble = self.quote("rex", self.lead_rex, token="u")
        self.assertEqual(again.partner_id, order.partner_id)

    def test_closed_products(self):
        """Closed, of another company, of a higher level, not sold, archived, unknown: a sentence, and nothing made."""
        archived = self._make_product("Archived Pump", 1, active=False)
        unknown = self.env["product.product"].browse(999999)
        page = self.lead_company.with_user(self.pia)._quoting_page(Entered())
        self.assertEqual([row["name"] for row in page["rows"]], ["Hose", "Pump"])
        for product in (*self.closed, archived, unknown):
            order, trouble = self.quote("pia", self.lead_company, {self.pump: 1, product: 1})
            self.assertIn("not offered any more", trouble)
            self.assertFalse(order)
        self.assertFalse(self.made())

    def test_from_level(self):
        """A product from a level up is there for partners of that level."""
        self.brussels.grade_id = self.platinum
        order, trouble = self.quote("pia", self.lead_company, {self.big: 1})
        self.assertEqual((trouble, order.amount_untaxed), ("", 1000))

    def test_bounds(self):
        """What is no quantity, nothing at all, too many products: a sentence, and nothing made."""
        for text in ("-1", "nan", "inf", "1e3", "100001", "1_0", "two", "1.234", "٣"):
            _order, trouble = self.quote("pia", self.lead_company, {self.pump: text})
            self.assertIn("quantities as numbers", trouble, text)
        for text in ("0", "", " "):
            _order, trouble = self.quote("pia", self.lead_company, {self.pump: text})
            self.assertIn("at least one product", trouble, text)
        products = {self._make_product(f"Part {number}", 1): 1 for number in range(51)}
        _order, trouble = self.quote("pia", self.lead_company, products)
        self.assertIn("at most 50 products", trouble)
        self.assertFalse(self.made())

    def test_closed_opportunities(self):
        """Won, lost, in a stage of ours, no opportunity yet, or off: a sentence, and nothing made."""
        self.lead_company.action_set_won()
        self.lead_pia.action_set_lost()
        self.lead_paul.stage_id = self.ours
        for lead, words in (
            (self.lead_company, "won already"),
            (self.lead_pia, "closed"),
            (self.lead_paul, "move on ourselves"),
        ):
            self.assertIn(words, self.quote("pia", lead)[1])
        self.lead_rex.type = "lead"
        self.assertIn("once this is an opportunity", self.quote("rex", self.lead_rex)[1])
        self.lead_rex.type = "opportunity"
        self.company_a.reseller_quotations = False
        self.assertIn("not made here any more", self.quote("rex", self.lead_rex)[1])
        self.assertFalse(self.made())

    @mute_logger("odoo.sql_db")
    def test_twice(self):
        """One form makes one quotation: the second click finds it, and the index stops one at the same moment."""
        order, _trouble = self.quote("pia", self.lead_company)
        again, trouble = self.quote("pam", self.lead_company)
        self.assertEqual((again, trouble), (order, ""))
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            order.copy({"reseller_token": order.sudo().reseller_token, "opportunity_id": order.opportunity_id.id})
        model = type(self.env["crm.lead"])
        with patch.object(model, "_partner_quotations", lambda lead: lead.env["sale.order"].sudo()):
            nothing, trouble = self.quote("pia", self.lead_company)
        self.assertIn("made already", trouble)
        self.assertFalse(nothing)
        self.assertEqual(self.made(), order)
        self.assertFalse(order.copy().reseller_id, "a copy is ours")

    def test_many_a_day(self):
        """So many a day for a partner's company, and tomorrow again."""
        with patch("odoo.addons.crm_reseller_sale.models.crm_lead_quoting.MOST_A_DAY", 2):
            self.assertFalse(self.quote("pia", self.lead_company, token="a")[1])
            self.assertFalse(self.quote("paul", self.lead_paul, token="b")[1])
            self.assertIn("go on tomorrow", self.quote("pia", self.lead_pia, token="c")[1])
            self.assertFalse(self.quote("rex", self.lead_rex, token="d")[1])
            self.made().flush_recordset()
            self.env.cr.execute("UPDATE sale_order SET create_date = create_date - interval '1 day'")
            self.assertFalse(self.quote("pia", self.lead_pia, token="e")[1])

    def test_refused_by_odoo(self):
        """What another app refuses is a sentence, and neither a customer nor an order is left."""
        with patch.object(type(self.orders), "_tell_of_quotation", side_effect=ValidationError("No")):
            _order, trouble = self.quote("rex", self.lead_rex)
        self.assertIn("ask for one", trouble)
        self.env.invalidate_all()
        self.assertFalse(self.made(self.lead_rex) or self.lead_rex.partner_id)

    def test_withdraw(self):
        """His draft until one of us has written it or it is sent."""
        order, _trouble = self.quote("pia", self.lead_company)

        def withdraw():
            return order.with_user(self.pia).sudo()._partner_withdraw()

        order.with_user(self.users["olga"]).note = "Seen"
        self.assertIn("working on this", withdraw())
        order, _trouble = self.quote("pia", self.lead_company, token="u")
        order.order_line.with_user(self.users["olga"]).product_uom_qty = 9
        self.assertIn("working on this", withdraw())
        order, _trouble = self.quote("pia", self.lead_company, token="v")
        self.assertEqual(withdraw(), "")
        self.assertEqual((order.state, order.activity_ids.ids), ("cancel", []))

    def test_words(self):
        """Being checked, sent, ordered, cancelled; without a word of what is inside."""
        order, _trouble = self.quote("pia", self.lead_company)
        for state, words in (
            ("draft", "We are checking it"),
            ("sent", "Sent"),
            ("sale", "Ordered"),
            ("cancel", "With"),
        ):
            order.state = state
            told = self.lead_company.with_user(self.pia)._partner_page()["quotations"][0]
            self.assertTrue(told["state_words"].startswith(words))
            self.assertEqual(told["can_be_withdrawn"], state == "draft")

    def test_only_those_of_his_company(self):
        """Our own quotations, and those of the partner who had the opportunity before, are not on his page."""
        order, _trouble = self.quote("pia", self.lead_company)
        self.orders.create({"partner_id": self.works.id, "opportunity_id": self.lead_company.id})
        self.assertEqual(len(self.lead_company.with_user(self.pia)._partner_page()["quotations"]), 1)
        self.lead_company.partner_assigned_id = self.leeds
        self.assertEqual(self.lead_company.with_user(self.rex)._partner_page()["quotations"], [])
        with self.assertRaises(AccessError):
            self.quote("pia", self.lead_company, token="u")

    def test_queries(self):
        """The form takes as many queries for forty products as for two."""

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = self.lead_company.with_user(self.pia)._quoting_page(Entered())
            return len(page["rows"]), self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(38):
            self._make_product(f"Part {number}", 1)
        many = count()
        self.assertEqual((few[0], many[0]), (2, 40))
        self.assertLessEqual(many[1], few[1] + 2)
