import re

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .offer_common import NOW, OfferCase


@tagged("post_install", "-at_install")
class TestOffers(OfferCase):
    """Offering leads by the button, and what the partner is told."""

    @freeze_time(NOW)
    def test_best(self):
        """The best partner is asked, with a mail; why him is kept, the time to answer runs."""
        offer = self.offer()
        self.assertRecordValues(
            offer,
            [
                {
                    "partner_id": self.brussels.id,
                    "state": "sent",
                    "way": "best",
                    "company_id": self.company_a.id,
                    "valid_until": offer.sent_at.replace(day=13),
                }
            ],
        )
        self.assertIn("49 km away (19 of 25)", offer.reasons)
        self.assertIn("serves the country", offer.reasons)
        points = [int(number) for number in re.findall(r"\((\d+) of", offer.reasons)]
        self.assertAlmostEqual(sum(points), offer.score, delta=len(points) / 2, msg=offer.reasons)
        mail = self.mails(offer)
        self.assertEqual(mail.email_to, self.brussels.email_formatted)
        self.assertIn(offer._link(), mail.body_html)

    def test_no_contact_data(self):
        """Nothing in mail or page tells who it is before the partner has accepted, not even the lead's name."""
        offer = self.offer(name="Offices for Anna Example, +32 470 12 34 56, anna@works.example.com")
        text = self.mails(offer).body_html + self.mails(offer).subject + str(offer._summary())
        for told in ("Anna", "Example Works", "works.example", "470 12", "Ghent"):
            self.assertNotIn(told, text)
        self.assertIn("Belgium", text)
        self.assertEqual(offer._title(), "Offices for …")
        self.company_a.reseller_shows_contact = True
        self.assertIn("Anna Example", str(offer._summary()))

    def test_mailed_at_once(self):
        """The mail does not wait for the hour of the mail job: the job is woken."""
        calls = [("cron_id", "=", self.env.ref("mail.ir_cron_mail_scheduler_action").id)]
        before = self.env["ir.cron.trigger"].search(calls)
        self.offer()
        self.assertTrue(self.env["ir.cron.trigger"].search(calls) - before)

    def test_only_own_tags(self):
        """Tags are ours: a partner reads those that he named himself."""
        tags = self.env["crm.tag"].create([{"name": "Pumps"}, {"name": "Difficult"}])
        self.brussels.reseller_tag_ids = tags[0]
        summary = str(self.offer(tag_ids=tags.ids)._summary())
        self.assertIn("Pumps", summary)
        self.assertNotIn("Difficult", summary)

    def test_first_to_accept(self):
        self.company_a.reseller_way = "first"
        self.assertEqual(self.offer().partner_id, self.brussels + self.leeds + self.lyon)

    def test_in_turn(self):
        """Three leads go to three partners, the fourth to the first again."""
        self.company_a.reseller_way = "turn"
        asked = [self.offer(name=f"Lead {number}").partner_id.name for number in range(4)]
        self.assertEqual(len(set(asked[:3])), 3)
        self.assertEqual(asked[3], asked[0])

    def test_many(self):
        """Many leads at once: each is offered once, those that can't be are told."""
        leads = self.new_lead("One") + self.new_lead("Two")
        given = self.new_lead("Given", partner_assigned_id=self.lyon.id)
        told = (leads + given).action_offer_to_partners()["params"]["message"]
        self.assertIn("asked for 2 of 3 leads", told)
        self.assertIn("1 are closed", told)
        self.assertEqual(len(leads.offer_ids), 2)
        leads.action_offer_to_partners()
        self.assertEqual(len(leads.offer_ids), 2, "nobody is asked twice")

    def test_nobody(self):
        """Where nobody fits the person reads why."""
        (self.brussels + self.leeds + self.lyon).email = False
        told = self.new_lead().action_offer_to_partners()["params"]["message"]
        self.assertIn("For 1 nobody fits. Of the partners 3 have no e-mail address.", told)

    def test_off(self):
        """Off, which is how it comes, the button is not there and says so to whoever calls it."""
        self.assertFalse(self.env["res.company"].create({"name": "New"}).reseller_offers)
        self.company_a.reseller_offers = False
        lead = self.new_lead()
        self.assertFalse(lead.can_be_offered)
        with self.assertRaisesRegex(UserError, "is off for"):
            lead.action_offer_to_partners()

    def test_switch(self):
        """Job, menu and action come with the first company that offers leads, and go with the last."""
        job, action = self.Offer._job(), self.env.ref("crm_reseller.crm_lead_action_offer")
        olga = self.users["olga"]
        for is_on in (False, True):
            self.company_a.reseller_offers = is_on
            self.assertEqual(job.active, is_on)
            self.assertEqual(bool(action.binding_model_id), is_on)
            self.assertEqual(olga.has_group("crm_reseller.group_offers"), is_on)

    def test_two_companies(self):
        """Each lead goes by the settings of its own company."""
        lead = self._make_lead("Far", company_id=self.company_b.id)
        with self.assertRaisesRegex(UserError, "Company B"):
            (lead + self.new_lead()).action_offer_to_partners()
        self.company_b.write({"reseller_offers": True, "reseller_way": "first", "reseller_top": 2})
        self.brussels.company_id = self.company_a
        offers = self.offer(lead)
        self.assertEqual(offers.company_id, self.company_b)
        self.assertEqual(len(offers), 2)
        self.assertNotIn(self.brussels, offers.partner_id)

    def test_recall(self):
        """A colleague takes it back: the partner's link says so."""
        offer = self.offer()
        offer.with_user(self.users["aldo"]).action_recall()
        self.assertEqual((offer.state, offer.note), ("recalled", "Recalled by Aldo."))
        self.assertIn("taken this offer back", offer._why_closed())

    def test_mail_gone_meanwhile(self):
        """A partner who can't be reached any more is told of on the offer, and the next one is asked."""
        lead = self.new_lead()
        offers, _left_out = lead._make_offers(self.company_a, is_sending=False)
        self.brussels.email = False
        offers._send()
        self.assertEqual((offers.state, offers.note), ("recalled", "The partner has no e-mail address."))
        self.assertEqual(lead.offer_ids.filtered(lambda offer: offer.state == "sent").partner_id, self.leeds)
