from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .offer_common import OfferCase


@tagged("post_install", "-at_install")
class TestOfferJob(OfferCase):
    """Reminders, recalls, and leads offered by themselves, day by day."""

    def run_job(self, day):
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            self.Offer._job().method_direct_trigger()
        self.env.invalidate_all()

    def test_days_of_an_offer(self):
        """Sent on the 10th, reminded once on the 11th, taken back on the 13th and the next one asked."""
        with freeze_time("2026-03-10 09:00:00"):
            offer = self.offer()
        lead = offer.lead_id
        self.run_job("2026-03-10")
        self.assertFalse(offer.reminded_at)
        self.run_job("2026-03-11")
        self.run_job("2026-03-12")
        self.assertEqual(str(offer.reminded_at), "2026-03-11 12:00:00")
        self.assertEqual(len(self.mails(offer)), 2)
        self.run_job("2026-03-13")
        self.assertEqual((offer.state, offer.note), ("expired", "Not answered in time."))
        following = lead.offer_ids - offer
        self.assertEqual((following.partner_id, following.state), (self.leeds, "sent"))

    def test_no_reminder(self):
        self.company_a.reseller_remind_days = 0
        with freeze_time("2026-03-10 09:00:00"):
            offer = self.offer()
        self.run_job("2026-03-12")
        self.assertFalse(offer.reminded_at)

    def test_new_leads(self):
        """Leads that meet the conditions are offered once; others, and those of other companies, are not."""
        auto, manual = self.new_lead("Auto one"), self.new_lead("Another")
        foreign = self._make_lead("Auto far", company_id=self.company_b.id)
        self.run_job("2026-03-10")
        self.assertFalse(auto.offer_ids, "not before it is switched on")
        self.company_a.reseller_auto = True
        self.run_job("2026-03-10")
        self.run_job("2026-03-10")
        self.assertEqual(auto.offer_ids.mapped("state"), ["sent"])
        self.assertFalse((manual + foreign).offer_ids)

    def test_nobody_fits_today(self):
        """A lead for which nobody fits is looked at again a day later, not each time."""
        self.company_a.reseller_auto = True
        lead = self.new_lead("Auto one")
        partners = self.brussels + self.leeds + self.lyon
        partners.reseller_paused_until = "2026-03-11"
        self.run_job("2026-03-10")
        self.assertFalse(lead.offer_ids)
        self.assertTrue(lead.reseller_tried_at)
        partners.reseller_paused_until = False
        self.run_job("2026-03-10")
        self.assertFalse(lead.offer_ids)
        self.run_job("2026-03-12")
        self.assertTrue(lead.offer_ids)

    def test_overtaken(self):
        """A lead that was won, or given to somebody, meanwhile: the offer is taken back and says why."""
        with freeze_time("2026-03-10 09:00:00"):
            won, archived = self.offer(name="Won"), self.offer(name="Archived")
        won.lead_id.action_set_won()
        archived.lead_id.action_archive()
        self.run_job("2026-03-10")
        for offer in won + archived:
            self.assertEqual((offer.state, offer.note), ("recalled", "This lead has been closed meanwhile."))

    def test_many_are_sent_by_the_job(self):
        """More leads than a person waits for: offers are made at once, mails follow by the job."""
        leads = self.env["crm.lead"].union(*(self.new_lead(f"Lead {number}") for number in range(21)))
        with freeze_time("2026-03-10 09:00:00"):
            leads.action_offer_to_partners()
        self.assertEqual(set(leads.offer_ids.mapped("state")), {"draft"})
        self.run_job("2026-03-10")
        self.assertEqual(set(leads.offer_ids.mapped("state")), {"sent"})
        self.assertEqual(len(self.mails(leads.offer_ids)), 21)

    def test_one_that_fails(self):
        """An offer whose mail can't be made is noted; the others of its batch are sent."""
        leads = self.env["crm.lead"].union(*(self.new_lead(f"Lead {number}") for number in range(3)))
        for lead in leads:
            lead._make_offers(self.company_a, is_sending=False)
        broken, mail = leads[1].offer_ids, type(self.Offer)._mail

        def fail(offers, name):
            if broken in offers:
                raise ValueError("broken")
            return mail(offers, name)

        with (
            patch.object(type(self.Offer), "_mail", fail),
            mute_logger("odoo.addons.crm_reseller.models.crm_lead_offer_job"),
        ):
            self.run_job("2026-03-10")
        self.assertEqual([lead.offer_ids.state for lead in leads], ["sent", "recalled", "sent"])
        self.assertIn("could not be sent", broken.note)
