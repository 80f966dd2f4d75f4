from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.crm_core.tests.event_common import EventCase

ADDRESS = "anna@customer.example.com"


@tagged("post_install", "-at_install")
class TestOptOut(HttpCase, EventCase):
    """A customer who leaves mailing lists has unsubscribed, on each lead with his address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead.partner_id = cls.env["res.partner"].create({"name": "Anna", "email": ADDRESS})
        cls.lost = cls.env["crm.lead"].create({"name": "lost", "email_from": f"Anna <{ADDRESS.upper()}>"})
        cls.lost.action_set_lost()
        cls.lists = cls.env["mailing.list"].create([{"name": name, "is_public": True} for name in ("News", "Offers")])
        cls.contact = cls._subscribe(ADDRESS)
        cls.mailing = cls.env["mailing.mailing"].create(
            {
                "subject": "News",
                "body_html": "<p>News</p>",
                "mailing_model_id": cls.env["ir.model"]._get("mailing.list").id,
                "contact_list_ids": [Command.set(cls.lists.ids)],
            }
        )
        cls.customer_env = cls.env(user=cls.users["petra"], su=True)
        cls.Event._flush()

    @classmethod
    def _subscribe(cls, address):
        return cls.env["mailing.contact"].create({"email": address, "list_ids": [Command.set(cls.lists.ids)]})

    def _unsubscribed(self, lead=None):
        self.Event._flush()
        return self.Event.search([("lead_id", "=", (lead or self.lead).id), ("kind", "=", "unsubscribed")])

    def _end(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def test_by_the_link(self):
        """By the mailing's link, twice: one event for both lists, on each lead with that address."""
        url = self.mailing._get_unsubscribe_url(ADDRESS, self.contact.id).replace(
            self.mailing.get_base_url(), self.base_url()
        )
        for _time in range(2):
            self.assertEqual(self.url_open(url.replace("confirm_unsubscribe", "unsubscribe")).status_code, 200)
        self.assertEqual(self.contact.subscription_ids.mapped("opt_out"), [True, True])
        for lead in (self.lead, self.lost):
            event = self._unsubscribed(lead)
            self.assertEqual(len(event), 1)
            self.assertEqual((event.direction, event.actor_id), ("in", lead.partner_id.id))
            self.assertEqual(event.model, "mailing.subscription")
        self.assertFalse(self._unsubscribed(self.leads["north_otto"]))

    def test_by_hand(self):
        """What an employee enters is no act of the customer; nor is coming back, or giving a reason afterwards."""
        subscription = self.contact.subscription_ids[:1]
        subscription.opt_out = True
        self._end()
        customers = subscription.with_env(self.customer_env)
        customers.opt_out = False
        self._end()
        self.assertFalse(self._unsubscribed())
        customers.opt_out = True
        self._end()
        customers.opt_out_reason_id = self.env["mailing.subscription.optout"].search([], limit=1)
        self._end()
        self.assertEqual(len(self._unsubscribed()), 1)

    def test_each_time(self):
        """One list today, the other one later: he did it twice. Both and his address at once: once."""
        first, second = self.contact.with_env(self.customer_env).subscription_ids
        first.opt_out = True
        self._end()
        self.env.cr._now = None
        self.env.cr.execute("UPDATE mailing_subscription SET opt_out_datetime = '2026-01-01' WHERE id = %s", first.ids)
        self.env.cr.execute("UPDATE crm_lead_event SET moment = '2026-01-01' WHERE kind = 'unsubscribed'")
        self.env.invalidate_all()
        second.opt_out = True
        self._end()
        self.assertEqual(len(self._unsubscribed()), 2)
        other = self._subscribe("otto@customer.example.com").with_env(self.customer_env)
        lead = self.leads["north_otto"]
        lead.email_from = other.email
        other.subscription_ids.opt_out = True
        self.customer_env["mail.blacklist"]._add(other.email)
        self._end()
        self.assertEqual(len(self._unsubscribed(lead)), 1)

    def test_made_as_left(self):
        """A subscription that the customer makes as left counts as well."""
        self.contact.subscription_ids.unlink()
        self.customer_env["mailing.subscription"].create(
            {"contact_id": self.contact.id, "list_id": self.lists[0].id, "opt_out": True}
        )
        self._end()
        self.assertEqual(len(self._unsubscribed()), 1)

    def test_queries(self):
        """A hundred who leave take as many queries as one."""
        leads = self.env["crm.lead"].create([{"name": "m", "email_from": f"m{n}@x.example.com"} for n in range(102)])
        contacts = self.env["mailing.contact"].create(
            [{"email": lead.email_from, "list_ids": [Command.set(self.lists.ids)]} for lead in leads]
        )
        subscriptions = contacts.with_env(self.customer_env).subscription_ids
        self._end()
        self._queries(subscriptions[:2])
        self.assertEqual(self._queries(subscriptions[2:4]), self._queries(subscriptions[4:]))
        self.assertEqual(self.Event.search_count([("lead_id", "in", leads.ids), ("kind", "=", "unsubscribed")]), 102)

    def _queries(self, subscriptions):
        subscriptions.write({"opt_out": True})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.Event._flush()
        return self.env.cr.sql_log_count - before

    def test_past(self):
        """Told afterwards as it was told live, and not twice."""
        self.contact.with_env(self.customer_env).subscription_ids.opt_out = True
        self._end()
        self.env.cr.execute("UPDATE mailing_subscription SET opt_out_datetime = opt_out_datetime - interval '1 minute'")
        self.env.cr.execute("UPDATE crm_lead_event SET moment = moment - interval '1 minute'")
        self.env.cr.execute("UPDATE crm_lead SET create_date = create_date - interval '1 day'")
        self.env.invalidate_all()
        both = self.lead | self.lost
        live = [row for row in self.rows(both) if row[1] == "unsubscribed"]
        self.assertEqual(len(live), 2)
        self.forget_log(both)
        for _again in range(2):
            self.tell_past()
            self.assertEqual([row for row in self.rows(both) if row[1] == "unsubscribed"], live)
