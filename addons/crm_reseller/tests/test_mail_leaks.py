from itertools import count

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from .offer_common import OfferCase

REPLY = """From: {sender}
To: {to}
Subject: Re: Your lead
Message-ID: <reply-{number}@mail.example.com>
In-Reply-To: {message_id}
References: {message_id}
Content-Type: text/plain; charset=utf-8

I have read it all.
"""

NUMBERS = count()


@tagged("post_install", "-at_install")
class TestMailLeaks(OfferCase, MailCommon):
    """What partners can write by mail, and what mail tells them."""

    def setUp(self):
        super().setUp()
        self.mend(True)
        self.note, self.comment = self.env.ref("mail.mt_note"), self.env.ref("mail.mt_comment")
        self.customer = self.env["res.partner"].create({"name": "Anna Example", "email": "anna@works.example.com"})
        self.lead = self.new_lead(type="opportunity", partner_assigned_id=self.brussels.id, partner_id=self.customer.id)
        self.lead.message_subscribe((self.brussels | self.customer).ids)
        with self.mock_mail_gateway():
            self.sent = (
                self.lead.with_user(self.users["aldo"])
                .with_context(tracking_disable=False)
                .message_post(body="How is it going?", message_type="comment", subtype_xmlid="mail.mt_comment")
            )
        self.mails = self._mails

    def reply(self, sender):
        """:return: (what came in, what went back)"""
        before = self.lead.message_ids
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_thread"):
            text = REPLY.format(
                number=next(NUMBERS), sender=sender, to="catchall@example.com", message_id=self.sent.message_id
            )
            self.env["mail.thread"].message_process("crm.lead", text)
            bounced = [mail for mail in self._new_mails if sender in (mail.email_to or "")]
        return self.lead.message_ids - before, bounced

    def test_own_partner_and_customer(self):
        """Who has the lead, his colleague and the customer answer by mail, each as himself."""
        self.pia.email = "pia@brussels.example.com"
        for partner in (self.brussels, self.pia.partner_id, self.customer):
            posted, bounced = self.reply(partner.email)
            self.assertEqual((posted.author_id, posted.subtype_id, bounced), (partner, self.comment, []), partner.name)

    def test_other_partner(self):
        """Another partner's answer to a mail that he was forwarded is an internal note, and nothing goes back."""
        self.rex.email = "rex@leeds.example.com"
        leads = self.env["crm.lead"].search_count([])
        for sender in (self.leeds.email, self.rex.email):
            posted, bounced = self.reply(sender)
            self.assertEqual((posted.subtype_id, bounced), (self.note, []), sender)
            self.assertFalse(posted.notified_partner_ids)
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)
        self.mend(False)
        self.assertEqual(self.reply(self.leeds.email)[0].subtype_id, self.comment, "with Odoo it is a message")
        self.mend(True)
        self.lead.message_subscribe(self.leeds.ids)
        self.assertEqual(self.reply(self.rex.email)[0].subtype_id, self.note, "his colleague does not follow")
        self.assertEqual(self.reply(self.leeds.email)[0].subtype_id, self.comment, "somebody added him")

    def test_former_partner(self):
        """Once the lead is taken from him, the old mail is no way back in."""
        self.lead._take_back_from_partner()
        self.assertEqual(self.reply(self.brussels.email)[0].subtype_id, self.note)

    def test_colleagues_of_ours(self):
        """Whoever works here writes into each lead, even if his contact is that of a partner."""
        self.users["olga"].partner_id.write({"email": "olga@example.com", "grade_id": self.grade.id})
        posted, _bounced = self.reply("olga@example.com")
        self.assertEqual((posted.author_id, posted.subtype_id), (self.users["olga"].partner_id, self.comment))

    def test_what_the_partner_gets(self):
        """The mail to the partner has no way into the back office, and no address of anybody else who gets it."""
        self.lead.message_subscribe(self.leeds.ids)
        self.mend(False)
        self.assertIn(self.leeds.email, self.mail_to_brussels(), "with Odoo all addresses go out")
        self.mend(True)
        told = self.mail_to_brussels()
        for word in ("/odoo/", "/web#", "action=", self.leeds.email, self.customer.email, "Why This Partner"):
            self.assertNotIn(word, told)

    def mail_to_brussels(self):
        with self.mock_mail_gateway():
            self.lead.with_user(self.users["aldo"]).message_post(
                body="Please call them.", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            [mail] = [one for one in self._mails if self.brussels.email in str(one["email_to"][:1])]
        return f"{mail['body']} {mail['headers']} {mail['email_to']} {mail.get('email_cc')}"
