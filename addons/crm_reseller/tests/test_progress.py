from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .board_common import BoardCase
from .offer_common import NOW


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProgress(BoardCase):
    """Partner leads without progress: who is reminded, taken back, offered again."""

    def setUp(self):
        super().setUp()
        self.lead = self.give(self.brussels, "Stands still")
        self.lead.message_subscribe((self.brussels | self.pia.partner_id).ids)
        self.as_cora = self.lead.with_user(self.cora)

    def test_list(self):
        """The list holds what needs attention and a partner has, and nothing else."""
        idle, closed = self.give(self.leeds, "On track"), self.win(self.leeds, 1)
        free = self.new_lead()
        self.set_state(self.lead + closed + free)
        self.set_state(idle, "on_track")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_reseller.crm_lead_without_progress_action")
        found = self.env["crm.lead"].search(literal_eval(action["domain"]))
        self.assertEqual(found & (self.lead + idle + closed + free), self.lead)

    def test_remind(self):
        """One mail to the partner, with his own link and nobody else's address; noted on the lead."""
        without = self.give(self.lyon)
        self.lyon.email = False
        told = (self.as_cora + without.with_user(self.cora)).action_remind_partner()
        mail = self.env["mail.mail"].search([("model", "=", "crm.lead"), ("res_id", "in", (self.lead + without).ids)])
        self.assertEqual(mail.mapped("email_to"), [self.brussels.email_formatted])
        self.assertIn(f"/my/opportunity/{self.lead.id}", mail.body_html)
        for word in ("/odoo/", "/web#", "/mail/view", self.leeds.email):
            self.assertNotIn(word, mail.body_html)
        self.assertIn("Brussels was reminded", str(self.lead.message_ids.mapped("body")))
        self.assertIn("1 have no partner, or one without", told["params"]["message"])

    def test_take_back(self):
        """Nobody's again, whatever the setting: the partner and his people no longer follow, nor are asked again."""
        for is_on in (True, False):
            self.mend(is_on)
            lead = self.give(self.brussels)
            lead.message_subscribe((self.brussels | self.pia.partner_id).ids)
            lead.with_user(self.cora).action_take_back_from_partner()
            self.assertFalse(lead.partner_assigned_id)
            self.assertIn(self.brussels, lead.partner_declined_ids)
            self.assertFalse(lead.message_partner_ids & (self.brussels | self.pia.partner_id))
            self.assertIn("Taken back from Brussels", str(lead.message_ids.mapped("body")))

    def test_offer_again(self):
        """Others are asked, not the former partner; where offering is off the lead stays where it is."""
        self.company_a.reseller_offers = False
        with self.assertRaises(UserError):
            self.as_cora.action_offer_again()
        self.assertEqual(self.lead.partner_assigned_id, self.brussels)
        self.company_a.reseller_offers = True
        self.as_cora.action_offer_again()
        self.assertEqual(self.lead.offer_ids.partner_id, self.leeds)

    def test_protected(self):
        """What a partner registered is not taken from him while it is protected."""
        self.env["crm.deal.registration"].create(
            {
                "name": "Works",
                "product": "Pumps",
                "partner_id": self.brussels.id,
                "company_id": self.company_a.id,
                "state": "approved",
                "protected_until": "2026-04-01",
                "lead_id": self.lead.id,
            }
        )
        for attempt in (self.as_cora.action_take_back_from_partner, self.as_cora.action_offer_again):
            with self.assertRaisesRegex(UserError, "protected until 2026-04-01"):
                attempt()
        self.assertEqual(self.lead.partner_assigned_id, self.brussels)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who(self):
        """Whoever may not write the lead does nothing to it: its own partner too."""
        public = self.env.ref("base.public_user")
        for user in (self.pia, self.rex, self.users["petra"], public, self.users["sara"], self.users["fred"]):
            self.lead.user_id = self.users["olga"]
            lead = self.lead.with_user(user)
            for attempt in (lead.action_remind_partner, lead.action_take_back_from_partner, lead.action_offer_again):
                with self.assertRaises(AccessError, msg=user.login):
                    attempt()
        self.assertEqual(self.lead.partner_assigned_id, self.brussels)
