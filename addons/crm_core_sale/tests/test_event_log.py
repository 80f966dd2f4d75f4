from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.crm_core.tests.event_common import EventCase

from ..hooks import uninstall_hook
from ..models.crm_lead_event import KINDS


class QuotationCase(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})
        cls.product = cls.env["product.product"].create({"name": "Thing", "taxes_id": False})
        cls.order = cls._make_order()

    @classmethod
    def _make_order(cls, **vals):
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company_a.id,
                "opportunity_id": cls.lead.id,
                "order_line": [Command.create({"product_id": cls.product.id, "price_unit": 33.333})],
                "require_signature": True,
                "require_payment": False,
                **vals,
            }
        )

    def _kinds(self):
        return [kind for kind, _data in self.told() if kind != "amount_changed"]

    def _event(self, kind):
        return self.Event.search([("lead_id", "=", self.lead.id), ("kind", "=", kind)])


@tagged("post_install", "-at_install")
class TestQuotationEvents(HttpCase, QuotationCase):
    """Each kind of event of a quotation from its real cause."""

    def test_sent_by_mail(self):
        """The mail with the quotation is one event on the lead, told by the quotation."""
        template = self.env.ref("sale.email_template_edi_sale")
        self.order.with_context(mark_so_as_sent=True).message_post_with_source(
            template, subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self.assertEqual(self.order.state, "sent")
        self.assertEqual(self.told(), [("quotation_sent", {"order": self.order.id, "amount": 33.33})])
        self.assertEqual(self._event("quotation_sent").direction, "out")
        self.assertIn("quotation_sent", self.Event._contact_kinds("out"))

    def test_marked_as_sent(self):
        """Marked as sent, taken back, sent again: he got two."""
        self.order.action_quotation_sent()
        self.Event._flush()
        self.order.action_draft()
        self.order.action_quotation_sent()
        self.assertEqual(self._kinds(), ["quotation_sent", "quotation_sent"])

    def test_viewed(self):
        """The customer opens the link that he got; twice on a day is once."""
        self.order.action_quotation_sent()
        self.env.flush_all()
        url = self.order.get_portal_url()
        self.url_open(url)
        self.url_open(url)
        self.assertEqual(self._kinds(), ["quotation_sent", "quotation_viewed"])
        event = self._event("quotation_viewed")
        self.assertEqual((event.direction, event.actor_id), ("in", self.customer.id))

    def test_order_viewed(self):
        """Looking at an order that is confirmed already is no step towards it."""
        self.order.action_confirm()
        self.env.flush_all()
        self.url_open(self.order.get_portal_url())
        self.assertEqual(self._kinds(), ["order_confirmed"])

    def test_confirmed(self):
        """Confirmed by the salesperson: one event, he is who did it; a repeated write is none."""
        self.order.with_user(self.users["mona"]).action_confirm()
        self.order.write({"state": "sale"})
        self.assertEqual(self._kinds(), ["order_confirmed"])
        self.assertEqual(self._event("order_confirmed").actor_id, self.users["mona"].partner_id.id)

    def test_signed(self):
        """Signed in the portal: the customer did it."""
        self.order.action_quotation_sent()
        self.env.flush_all()
        token = self.order._portal_ensure_token()
        pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"access_token": token, "name": "Anna", "signature": pixel},
        )
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self._kinds(), ["quotation_sent", "order_confirmed"])
        self.assertEqual(self._event("order_confirmed").actor_id, self.customer.id)

    def test_currency(self):
        """Amounts are in the currency of the lead's company, rounded as it rounds."""
        currency = self.env["res.currency"].create(
            {"name": "XHF", "symbol": "h", "rate_ids": [Command.create({"rate": 2, "name": "2020-01-01"})]}
        )
        pricelist = self.env["product.pricelist"].create({"name": "h", "currency_id": currency.id})
        order = self._make_order(pricelist_id=pricelist.id)
        order.action_quotation_sent()
        self.assertEqual(self.told(), [("quotation_sent", {"order": order.id, "amount": 16.67})])

    def test_past(self):
        """Told afterwards from the messages of the order, as it was told live."""
        order = self.order.with_context(tracking_disable=False).with_user(self.users["mona"])
        self.env.cr.precommit.run()
        order.action_quotation_sent()
        self.env.cr.flush()
        self.url_open(self.order.get_portal_url())
        order.action_confirm()
        self.env.cr.flush()
        live = [row for row in self.rows(self.lead) if row[1] in KINDS]
        self.assertEqual({row[1] for row in live}, set(KINDS))
        self.forget_log(self.lead)
        for _again in range(2):
            self.tell_past()
            self.assertSameLog([row for row in self.rows(self.lead) if row[1] in KINDS], live)
        self.assertTrue(self._event("quotation_sent").inferred, "the amount is that of today")

    def test_without_lead(self):
        """Orders that belong to no lead say nothing."""
        self.order.opportunity_id = False
        self.order.action_confirm()
        self.assertFalse(self._kinds())

    def test_uninstalled(self):
        """With the addon its kinds go; what other kinds tell stays."""
        self.lead.expected_revenue = 5
        self.order.action_quotation_sent()
        self.assertEqual(self._kinds(), ["quotation_sent"])
        uninstall_hook(self.env)
        self.assertEqual([kind for kind, _data in self.told()], ["amount_changed"])
