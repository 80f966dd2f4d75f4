from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_core.tests.event_common import EventCase
from odoo.addons.mail.tests.common import MockEmail

from ..hooks import uninstall_hook
from ..models.crm_lead_event import KINDS

ANSWER = """From: Anna <anna@customer.example.com>
To: sales@company.example.com
Subject: Re: News
Message-Id: <answer@customer.example.com>
In-Reply-To: {answered}
Content-Type: text/plain

Tell me more.
"""


@tagged("post_install", "-at_install")
class TestMailingEvents(HttpCase, MockEmail, EventCase):
    """Each kind of event of a mailing from its real cause."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead.partner_id = cls.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})

    def setUp(self):
        super().setUp()
        self.mailing = self._make_mailing()

    def _make_mailing(self, **vals):
        return self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "body_html": '<p>Look <a href="https://www.example.com/news">here</a></p>',
                "email_from": "sales@company.example.com",
                "mailing_model_id": self.env["ir.model"]._get("crm.lead").id,
                **vals,
            }
        )

    def _send(self, leads=None, mailing=None):
        mailing = mailing or self.mailing
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_mail"):
            mailing.action_send_mail((leads or self.lead).ids)
            self.env["mail.mail"].search([("mailing_id", "=", mailing.id), ("state", "=", "outgoing")]).send()
        return self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])

    def _kinds(self):
        return [kind for kind, _data in self.told()]

    def _event(self, kind):
        return self.Event.search([("lead_id", "=", self.lead.id), ("kind", "=", kind)])

    def _open(self, trace):
        token = self.env["mail.mail"]._generate_mail_recipient_token(trace.mail_mail_id_int)
        self.url_open(f"/mail/track/{trace.mail_mail_id_int}/{token}/blank.gif")

    def _click(self, trace):
        link = self.env["link.tracker"].search([("mass_mailing_id", "=", self.mailing.id)])
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", self.base_url())
        self.url_open(f"/r/{link.code}/m/{trace.id}", allow_redirects=False)
        return link

    def test_sent(self):
        """A mailing is one event: what it leaves on the lead is no message of ours beside it."""
        self._send()
        self.assertEqual(self.told(), [("mailing_sent", {"mailing": self.mailing.id})])
        self.assertEqual(self._event("mailing_sent").direction, "out")
        self.assertNotIn("mailing_sent", self.Event._contact_kinds("out"))

    def test_not_sent(self):
        """The mail waits in the queue, and then it can't be sent: nothing is told, not even as a message."""
        with patch.object(type(self.env["mail.mail"]), "send", lambda self, **kwargs: True):
            self.mailing.action_send_mail(self.lead.ids)
        mail = self.env["mail.mail"].search([("mailing_id", "=", self.mailing.id)])
        self.assertFalse(self.told())
        mail._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.assertEqual(self.mailing.mailing_trace_ids.trace_status, "error")
        self.assertFalse(self.told())

    def test_kept_messages(self):
        """Messages and mails that the mailing keeps on the lead are not told either."""
        mailing = self._make_mailing(keep_archives=True, reply_to_mode="update")
        self._send(mailing=mailing)
        self.assertTrue(self.lead.message_ids.filtered(lambda message: message.message_type == "email_outgoing"))
        self.assertEqual(self._kinds(), ["mailing_sent"])

    def test_opened(self):
        """The customer opens the mail, and once more: one event, his."""
        trace = self._send()
        self._open(trace)
        self._open(trace)
        self.assertEqual(self._kinds(), ["mailing_sent", "mail_opened"])
        event = self._event("mail_opened")
        self.assertEqual((event.direction, event.actor_id), ("in", self.lead.partner_id.id))

    def test_clicked(self):
        """Each click is an event; the opening that it implies is none."""
        trace = self._send()
        link = self._click(trace)
        self._click(trace)
        click = ("link_clicked", {"trace": trace.id, "link": link.id})
        self.assertEqual(self.told()[1:], [click, click])
        self.assertEqual(trace.trace_status, "open")
        self.assertEqual(self._event("link_clicked").mapped("actor_id"), self.lead.partner_id.ids * 2)

    def test_answered(self):
        """An answer is what the customer wrote, not that he opened the mail."""
        trace = self._send(mailing=self._make_mailing(reply_to_mode="update"))
        self.Event._flush()
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process("crm.lead", ANSWER.format(answered=trace.message_id))
        self.assertEqual(trace.trace_status, "reply")
        self.assertEqual(self._kinds(), ["mailing_sent", "message_in"])

    def test_unsubscribed(self):
        """He blocks his address by the mailing's link, twice: one event on each lead with that address."""
        lost = self.env["crm.lead"].create({"name": "lost", "email_from": "Anna <ANNA@customer.example.com>"})
        lost.action_set_lost()
        self._send()
        url = self.mailing._get_unsubscribe_oneclick_url("anna@customer.example.com", self.lead.id)
        for _time in range(2):
            self.url_open(url.replace(self.mailing.get_base_url(), self.base_url()), method="POST")
        self.assertEqual(self._kinds(), ["mailing_sent", "unsubscribed"])
        self.assertEqual([kind for kind, _data in self.told(lost)][-1], "unsubscribed")

    def test_blocked_by_us(self):
        """An employee blocks the address: the customer did nothing."""
        self.env["mail.blacklist"].with_user(self.env.ref("base.user_admin"))._add("anna@customer.example.com")
        self.assertFalse(self.told())

    def test_queries(self):
        """A hundred mailings sent, opened and clicked are told with as many queries as one."""
        many = self.env["crm.lead"].create([{"name": "m", "email_from": f"m{n}@x.example.com"} for n in range(101)])
        traces = self._send(many)
        link = self.env["link.tracker"].search([("mass_mailing_id", "=", self.mailing.id)])
        self.assertEqual(len(traces), 101)
        traces.write({"trace_status": "outgoing"})
        counts = []
        for some in (traces[:1], traces[1:]):
            self.Event._flush()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.set_sent()
            some.set_opened()
            self.env["link.tracker.click"].create([{"link_id": link.id, "mailing_trace_id": t.id} for t in some])
            self.Event._flush()
            counts.append(self.env.cr.sql_log_count - before)
        events = self.Event.search([("lead_id", "in", many.ids), ("kind", "=", "link_clicked")])
        self.assertEqual(len(events), 101)
        self.assertLessEqual(counts[1], counts[0])

    def test_test_mailing(self):
        """A test of the mailing borrows a lead, which nobody wrote to."""
        trace = self._send()
        self.Event._flush()
        self.last = self.Event.search([], order="id desc", limit=1).id
        trace.is_test_trace = True
        trace.set_opened()
        self.assertFalse(self.told())

    def test_uninstalled(self):
        """With the addon its kinds go; what other kinds tell stays."""
        self.lead.expected_revenue = 5
        self._send()
        self.assertEqual(sorted(self._kinds()), ["amount_changed", "mailing_sent"])
        uninstall_hook(self.env)
        self.assertEqual(self._kinds(), ["amount_changed"])

    def test_past(self):
        """Told afterwards as it was told live: opened by itself, opened by a click, messages that it left."""
        other = self.leads["north_otto"]
        other.write({"partner_id": self.env["res.partner"].create({"name": "B", "email": "b@customer.example.com"}).id})
        both = self.lead | other
        self.mailing.write({"keep_archives": True, "reply_to_mode": "update"})
        traces = self._send(both)
        self._open(traces.filtered(lambda trace: trace.res_id == self.lead.id))
        self._click(traces.filtered(lambda trace: trace.res_id == other.id))
        told = {*KINDS, "message_out", "message_in"}
        live = [row for row in self.rows(both) if row[1] in told]
        self.assertEqual(
            sorted(row[1] for row in live), ["link_clicked", "mail_opened", "mailing_sent", "mailing_sent"]
        )
        self.forget_log(both)
        for _again in range(2):
            self.tell_past()
            self.assertSameLog([row for row in self.rows(both) if row[1] in told], live)
