from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.sms.tests.common import SMSCase

from .common import SuiteCase

REPLY = """\
From: "Carla Customer" <carla@customer.example.com>
To: {to}
Subject: Re: Offer
Message-Id: <suite-reply-1@customer.example.com>
In-Reply-To: {parent}
References: {parent}

The customer asks back
"""


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestConversation(SuiteCase, MailCase, SMSCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.activity.type"].create({"name": "Suite visit", "res_model": "crm.lead"})
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Carla Customer",
                "email": "carla@customer.example.com",
                "phone": "+32 2 290 34 90",
            }
        )
        cls.deal = cls._make_opportunity("Offer", cls.otto, partner_id=cls.customer.id)

    def test_everything_said_in_one_place(self):
        """F7: e-mail, SMS and a visit go out from the opportunity; with the customer's reply they stand there."""
        first = self.deal.message_post(
            body="Hello Carla",
            message_type="comment",
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.env["mail.thread"].message_process(
            "crm.lead",
            REPLY.format(to=self.small_business.alias_full_name, parent=first.message_id),
        )
        self.assertIn("The customer asks back", "".join(self.deal.message_ids.mapped("body")))
        self.assertEqual(self.env["crm.lead"].search_count([("email_from", "ilike", "carla@customer")]), 1)
        self.deal.message_subscribe(self.customer.ids)
        with self.mock_mail_gateway(), self.mockSMSGateway():
            self.start_tour(
                f"/odoo/action-crm.crm_lead_action_pipeline/{self.deal.id}",
                "crm_suite_conversation",
                login=self.otto.login,
            )
            self.assertSMSIapSent(["+3222903490"], content="Shall I call at ten?")
            mail = self.env["mail.mail"].sudo().search([("res_id", "=", self.deal.id), ("model", "=", "crm.lead")])
            self.assertIn(self.customer, mail.recipient_ids)
        kinds = set(self.deal.message_ids.mapped("message_type"))
        self.assertLessEqual({"comment", "email", "sms"}, kinds)

    def test_live_chat_becomes_a_lead(self):
        """F7: from a live chat `/lead` makes a lead that keeps what was said."""
        self.env["mail.presence"]._update_presence(self.otto)
        live = self.env["im_livechat.channel"].create({"name": "Suite chat", "user_ids": [(6, 0, self.otto.ids)]})
        answer = self.make_jsonrpc_request("/im_livechat/get_session", {"channel_id": live.id, "persisted": True})
        channel = self.env["discuss.channel"].browse(answer["channel_id"])
        channel.message_post(body="Do you ship to Malta?", message_type="comment")
        channel.with_user(self.otto).execute_command_lead(body="/lead Shipping to Malta")
        lead = self.env["crm.lead"].search([("name", "=", "Shipping to Malta")])
        self.assertEqual(len(lead), 1)
        self.assertIn("Do you ship to Malta?", lead.description)
        self.assertEqual(lead.origin_channel_id, channel)
