from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .test_event_log import QuotationCase

SOLD = datetime(2026, 2, 3, 9)


@tagged("post_install", "-at_install")
class TestOrdersToldLater(QuotationCase):
    """Orders that are made as sent or sold, or come to a lead only then: told once each."""

    def _end(self):
        """The transaction ends."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def _loose(self, **vals):
        return self._make_order(opportunity_id=False, **vals)

    def test_made_as_sent(self):
        """An order made as sent is a quotation sent, by whoever made it; nothing else is told of it."""
        order = self._make_order(state="sent", user_id=self.users["mona"].id)
        self._end()
        self.assertEqual(self.told(), [("quotation_sent", {"order": order.id, "amount": 33.33})])
        event = self._event("quotation_sent")
        self.assertEqual((event.actor_id, event.inferred), (self.env.user.partner_id.id, False))

    def test_made_as_sold(self):
        """An order entered as sold was sold on its date; what is dated ahead, now."""
        self._make_order(state="sale", date_order=SOLD)
        self._end()
        self.assertEqual(self._kinds(), ["order_confirmed"])
        self.assertEqual(self._event("order_confirmed").moment, SOLD)
        self._make_order(state="sale", date_order=datetime(2100, 1, 1))
        self._end()
        self.assertLess(max(self._event("order_confirmed").mapped("moment")), datetime(2100, 1, 1))

    def test_made_and_changed_at_once(self):
        """Made as sent and confirmed in one transaction: one of each. Made for a lead and taken away: nothing."""
        order = self._make_order(state="sent")
        order.action_confirm()
        self._make_order(state="sent").opportunity_id = False
        self._end()
        self.assertCountEqual(self._kinds(), ["quotation_sent", "order_confirmed"])

    def test_drafts_and_cancelled_ones(self):
        """Linking a draft or a cancelled order tells nothing; sent afterwards, it is told as ever."""
        draft, cancelled = self._loose(), self._loose(state="cancel")
        (draft | cancelled).opportunity_id = self.lead
        self._end()
        self.assertEqual(self._kinds(), [])
        draft.action_quotation_sent()
        self._end()
        self.assertEqual(self._kinds(), ["quotation_sent"])

    def test_linked_when_sold(self):
        """Linked after it was sold: told at the moment when it was sold, by whom its messages say."""
        order = self._loose().with_context(tracking_disable=False)
        self._end()
        order.with_user(self.users["mona"]).action_confirm()
        self._end()
        message = order.message_ids.filtered(lambda one: one.subtype_id == self.env.ref("sale.mt_order_confirmed"))
        self.env.cr.execute("UPDATE mail_message SET date = %s WHERE id = %s", (SOLD, message.id))
        self.env.invalidate_all()
        order.opportunity_id = self.lead
        self._end()
        self.assertEqual(self._kinds(), ["order_confirmed"])
        event = self._event("order_confirmed")
        self.assertRecordValues(
            event, [{"moment": SOLD, "actor_id": self.users["mona"].partner_id.id, "inferred": True}]
        )

    def test_linked_when_mailed(self):
        """A quotation that was sent by mail left no trace but the mail: linked later, it was sent then."""
        order = self._loose().with_context(tracking_disable=False)
        order.with_user(self.users["mona"]).with_context(mark_so_as_sent=True).message_post(
            body="Our offer", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        order.message_post(
            body="Thanks", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=self.customer.id
        )
        self.assertEqual(order.state, "sent")
        mail = order.message_ids.filtered(lambda one: one.author_id == self.users["mona"].partner_id)
        self.env.cr.execute("UPDATE mail_message SET date = %s WHERE id = %s", (SOLD, mail.id))
        self.env.invalidate_all()
        order.opportunity_id = self.lead
        self._end()
        self.assertEqual(self._kinds(), ["quotation_sent"])
        self.assertEqual(self._event("quotation_sent").moment, SOLD)

    def test_linked_without_messages(self):
        """Where nothing says when, it was on the order's date, and by nobody knows whom."""
        order = self._loose(state="sale", date_order=SOLD)
        order.opportunity_id = self.lead
        self._end()
        event = self._event("order_confirmed")
        self.assertEqual((event.moment, event.actor_id), (SOLD, 0))

    def test_linked_again(self):
        """Taken away and given back it is not told again; given to another lead, that one has it too."""
        order, other = self._make_order(state="sent"), self.leads["north_otto"]
        self._end()
        for lead in (self.env["crm.lead"], self.lead, other, self.lead):
            order.opportunity_id = lead
            self._end()
        order.opportunity_id = False
        order.opportunity_id = self.lead
        self._end()
        self.assertEqual(self._kinds(), ["quotation_sent"])
        self.assertEqual([kind for kind, _data in self.told(other)], ["quotation_sent"])

    def test_merged(self):
        """Merging gives the orders of a lead to the one that stays: what was told already follows, once."""
        other = self.leads["north_otto"]
        self._make_order(state="sent", opportunity_id=other.id)
        self._end()
        self._make_order(state="sale", opportunity_id=other.id)
        self.lead.probability = 90  # this one stays
        head = (self.lead | other).merge_opportunity()
        self.assertEqual(head, self.lead)
        self._end()
        kinds = [kind for kind, _data in self.told(head) if kind in ("quotation_sent", "order_confirmed")]
        self.assertCountEqual(kinds, ["quotation_sent", "order_confirmed"])

    def test_past_afterwards(self):
        """Linked later and then told with the history before the log: once."""
        order = self._loose().with_context(tracking_disable=False)
        self._end()
        order.action_quotation_sent()
        self._end()
        self.forget_log(self.lead)
        order.opportunity_id = self.lead
        self._end()
        self.tell_past()
        self.assertEqual([kind for kind in self._kinds() if kind == "quotation_sent"], ["quotation_sent"])

    def test_past_of_mailed(self):
        """History tells a quotation that was sent by mail by that mail."""
        order = self.order.with_context(tracking_disable=False, mark_so_as_sent=True)
        order.message_post(body="Our offer", message_type="comment", subtype_xmlid="mail.mt_comment")
        self._end()
        self.forget_log(self.lead)
        self.tell_past()
        self.assertIn("quotation_sent", self._kinds())

    def test_queries(self):
        """Fifty orders made as sent, or linked, take as many queries as one."""
        lines = {"order_line": [Command.clear()]}
        orders = self.env["sale.order"].union(*(self._loose(state="sent", **lines) for _number in range(102)))
        self._end()
        self._queries(orders[:1])
        self.assertEqual(self._queries(orders[1:2]), self._queries(orders[2:]))

    def _queries(self, orders):
        orders.write({"opportunity_id": self.lead.id})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.Event._flush()
        return self.env.cr.sql_log_count - before
