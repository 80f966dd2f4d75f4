from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from ..models.mend import MEND
from .portal_common import PortalCase

QUIET = ("odoo.addons.base.models.ir_rule", "odoo.addons.mail.models.mail_message", "odoo.models")
MAIL = """\
From: {sender}
To: {to}
Subject: Re: the deal
Message-ID: <{number}@partners.example.com>
In-Reply-To: {parent}
References: {parent}
Date: Tue, 10 Mar 2026 09:00:00 +0000
Content-Type: text/plain; charset="utf-8"

Answer number {number}
"""


@tagged("post_install", "-at_install")
class TestPortalMail(PortalCase, MailCommon):
    """Replies by mail: who is posted as whom, and who gets something back."""

    def reply(self, sender, number):
        parent = self.lead_paul.message_post(body="How is it going?", subtype_xmlid="mail.mt_comment")
        to = f"{self.alias_catchall}@{self.alias_domain}"
        raw = MAIL.format(sender=sender, to=to, number=number, parent=parent.message_id)
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(False, raw)
        message = self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", self.lead_paul.id), ("body", "like", f"number {number}")]
        )
        self.assertEqual(len(message), 1)
        return message

    def test_own_partner(self):
        """The partner's own reply is a message of his."""
        message = self.reply(self.paul.email_formatted, 1)
        self.assertEqual((message.author_id, message.is_internal), (self.paul.partner_id, False))
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))

    def test_other_partner(self):
        """Another partner's reply is kept as an internal note of his own: not posted as the lead's partner, read by
        no partner, and nothing goes back to him, now or with the next message."""
        self.lead_paul.message_subscribe(self.paul.partner_id.ids)
        message = self.reply(self.rex.email_formatted, 2)
        self.assertEqual(message.author_id, self.rex.partner_id)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(self.env["mail.message"].with_user(self.paul).search([("id", "=", message.id)]))
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            message.with_user(self.paul).read(["body"])
        self.assertFalse(message.notified_partner_ids & (self.rex | self.paul).partner_id)
        self.assertNotIn(self.rex.partner_id, self.lead_paul.message_partner_ids)
        following = self.lead_paul.message_post(body="Next", subtype_xmlid="mail.mt_comment")
        self.assertNotIn(self.rex.partner_id, following.notified_partner_ids)
        self.assertFalse(following.with_user(self.rex).has_access("read"))
        told = self.env["mail.message"].search([("body", "like", "who does not work on this lead")])
        self.assertEqual(told.notified_partner_ids, self.users["olga"].partner_id)

    def test_colleague_without_the_lead(self):
        """A colleague who sees his own leads only is a stranger here; one without a role is not."""
        self.pam.partner_id.reseller_role = "user"
        self.assertEqual(self.reply(self.pam.email_formatted, 3).subtype_id, self.env.ref("mail.mt_note"))
        self.pam.partner_id.reseller_role = False
        self.assertEqual(self.reply(self.pam.email_formatted, 4).subtype_id, self.env.ref("mail.mt_comment"))

    def test_customer_and_off(self):
        """A customer's reply is a message; with the portal off and nothing mended all goes as in Odoo."""
        self.assertEqual(self.reply("anna@works.example.com", 5).subtype_id, self.env.ref("mail.mt_comment"))
        self.company_a.reseller_portal = False
        self.env["ir.config_parameter"].set_param(MEND, False)
        self.assertEqual(self.reply(self.rex.email_formatted, 6).subtype_id, self.env.ref("mail.mt_comment"))
