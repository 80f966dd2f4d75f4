from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import SuiteCase

ENQUIRY = """\
From: "Viktor Visitor" <viktor@visitor.example.com>
To: {to}
Subject: {subject}
Message-Id: <{number}@visitor.example.com>
{headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Please send us your prices.
"""

BOUNCE = """\
From: MAILER-DAEMON@visitor.example.com (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-1@visitor.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry, your message could not be delivered.
--b1
Content-Type: message/delivery-status

Final-Recipient: rfc822; nobody@visitor.example.com
Action: failed
Status: 5.1.1
--b1--
"""


@tagged("post_install", "-at_install")
class TestGateway(SuiteCase, MailCase):
    def _receive(self, raw, to):
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, raw.replace("{to}", to))
        return self.env["crm.lead"].search([("email_from", "ilike", "viktor@visitor")], order="id")

    def _enquiry(self, number, subject="Prices?", headers=""):
        return ENQUIRY.replace("{number}", str(number)).replace("{subject}", subject).replace("{headers}", headers)

    def test_alias_makes_the_teams_lead(self):
        """F10, F11: a mail to the address of a team that qualifies becomes its lead, with sender, subject and text."""
        lead = self._receive(self._enquiry(1), self.small_business.alias_full_name)
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Prices?",
                    "type": "lead",
                    "team_id": self.small_business.id,
                    "email_normalized": "viktor@visitor.example.com",
                }
            ],
        )
        self.assertIn("Please send us your prices.", "".join(lead.message_ids.mapped("body")))

    def test_each_team_has_its_own_address(self):
        """F10, F11: a mail to another team's address becomes that team's, here an opportunity without qualification."""
        self.enterprise.write({"alias_name": "enterprise", "alias_domain_id": self.alias_domain.id})
        lead = self._receive(self._enquiry(2), self.enterprise.alias_full_name)
        self.assertRecordValues(lead, [{"type": "opportunity", "team_id": self.enterprise.id}])

    def test_answer_is_no_new_lead(self):
        """F11: the customer's answer joins the lead that it answers."""
        lead = self._receive(self._enquiry(3), self.small_business.alias_full_name)
        answer = self._enquiry(4, "Re: Prices?", "In-Reply-To: <3@visitor.example.com>\n")
        self.assertEqual(self._receive(answer, self.small_business.alias_full_name), lead)
        self.assertEqual(len(lead.message_ids.filtered(lambda message: message.message_type == "email")), 2)

    def test_same_mail_twice(self):
        """F11: a mail that is delivered twice makes one lead."""
        for _time in range(2):
            leads = self._receive(self._enquiry(5), self.small_business.alias_full_name)
        self.assertEqual(len(leads), 1)

    def test_bounce_is_no_lead(self):
        """F11: a mail that came back as undeliverable makes no lead."""
        before = self.env["crm.lead"].search_count([])
        self._receive(BOUNCE, self.small_business.alias_full_name)
        self.assertEqual(self.env["crm.lead"].search_count([]), before)
