from datetime import datetime

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .event_common import EventCase

MAIL = """From: {sender}
To: {to}
Subject: Prices
Message-Id: <{number}@customer.example.com>
{headers}Content-Type: text/plain

Please send me your prices.
"""


@tagged("post_install", "-at_install")
class TestEventConversation(EventCase):
    """Who wrote to whom, from its real cause."""

    def _receive(self, headers="", sender="Anna <anna@customer.example.com>", number=1, **context):
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            return (
                self.env["mail.thread"]
                .with_context(**context)
                .message_process(
                    "crm.lead",
                    MAIL.format(sender=sender, to="sales@company.example.com", number=number, headers=headers),
                )
            )

    def test_mail_makes_a_lead(self):
        """A mail that makes a lead: the lead and what the customer wrote."""
        lead = self.env["crm.lead"].browse(self._receive())
        self.assertEqual([kind for kind, _data in self.told(lead)], ["created", "message_in"])

    def test_answer_and_out_of_office(self):
        """We write, the customer's machine answers, then he does: three different events."""
        partner = self.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})
        message = self.lead.with_user(self.users["olga"]).message_post(
            body="Our prices", partner_ids=partner.ids, subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        reference = f"In-Reply-To: {message.message_id}\n"
        self._receive(reference + "Auto-Submitted: auto-replied\n", number=2)
        self._receive(reference, number=3)
        self.assertEqual(
            self.told(),
            [
                ("message_out", {}),
                ("auto_reply", {"answers": message.id}),
                ("message_in", {"answers": message.id}),
            ],
        )

    def test_notes(self):
        """Notes, and messages that only colleagues get, are no contact with the customer."""
        lead = self.lead.with_user(self.users["olga"])
        lead.message_post(body="only us")
        lead.message_post(
            body="to Otto",
            partner_ids=self.users["otto"].partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual([kind for kind, _data in self.told() if kind != "note"], [])
        self.assertTrue(self.told())

    def test_mail_to_selected_leads(self):
        """A mail to leads selected in a list has no subtype, as a note has none, but it went out."""
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "crm.lead",
                "res_ids": str(self.lead.ids),
                "subject": "Prices",
                "body": "Ours",
            }
        )
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            composer._action_send_mail()
        self.assertEqual(self.told(), [("message_out", {})])

    def test_senders_clock(self):
        """The date of a mail is its sender's: believed for a week back, never ahead."""
        for number, (day, believed) in enumerate(
            (
                ("Mon, 02 Mar 2026 08:00:00 +0000", True),
                ("Mon, 02 Mar 2020 08:00:00 +0000", False),
                ("Mon, 02 Mar 2037 08:00:00 +0000", False),
            ),
            start=10,
        ):
            with self.subTest(day=day), freeze_time("2026-03-02 10:00:00"):
                lead = self.env["crm.lead"].browse(self._receive(f"Date: {day}\n", number=number))
                self.Event._flush()
                moment = self.Event.search([("lead_id", "=", lead.id), ("kind", "=", "message_in")]).moment
                self.assertEqual(moment, datetime(2026, 3, 2, 8 if believed else 10))

    def test_bounce(self):
        self.lead._message_receive_bounce("anna@customer.example.com", self.env["res.partner"])
        self.assertEqual([kind for kind, _data in self.told()], ["bounce"])
