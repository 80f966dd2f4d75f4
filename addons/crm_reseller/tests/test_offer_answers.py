from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .offer_common import NOW, OfferCase


@tagged("post_install", "-at_install")
class TestOfferAnswers(OfferCase):
    """What an answer does, and what has happened meanwhile."""

    def test_accept(self):
        """The lead is the partner's: an opportunity of his salesperson, followed by him, said in the chatter."""
        self.brussels.user_id = self.users["olga"]
        offer = self.offer()
        lead = offer.lead_id
        self.assertTrue(offer._accept())
        self.assertRecordValues(
            lead,
            [{"partner_assigned_id": self.brussels.id, "type": "opportunity", "user_id": self.users["olga"].id}],
        )
        self.assertEqual((offer.state, bool(offer.answered_at)), ("accepted", True))
        self.assertIn(self.brussels, lead.message_partner_ids)
        self.assertIn("Brussels accepted this lead.", str(lead.message_ids.mapped("body")))
        self.assertIn("Anna Example", str(offer._summary()), "now he may know")

    def test_only_one_wins(self):
        """Of two who accept the second is told kindly, and nothing changes by it."""
        self.company_a.reseller_way = "first"
        first, second, third = self.offer()
        self.assertTrue(second._accept())
        self.assertFalse(first._accept())
        self.assertEqual((first + third).mapped("state"), ["lost_to_another"] * 2)
        self.assertEqual(first.note, f"{second.partner_id.name} accepted first.")
        self.assertIn("Another partner was quicker", first._why_closed())
        self.assertNotIn(second.partner_id.name, first._why_closed(), "he does not learn who")
        self.assertEqual(first.lead_id.partner_assigned_id, second.partner_id)

    def test_one_answer_counts(self):
        """Declining after accepting, and the other way round, changes nothing."""
        offer = self.offer()
        offer._accept()
        self.assertFalse(offer._decline(self.too_far))
        self.assertEqual(offer.state, "accepted")

    def test_decline(self):
        """The reason is kept and told, the next partner is asked, and the one who declined never again."""
        offer = self.offer()
        lead = offer.lead_id
        self.assertTrue(offer._decline(self.too_far, "  Ask us in May  "))
        self.assertRecordValues(
            offer,
            [{"state": "declined", "decline_reason_id": self.too_far.id, "decline_note": "Ask us in May"}],
        )
        self.assertEqual(lead.partner_declined_ids, self.brussels)
        self.assertIn("Too far away", str(lead.message_ids.mapped("body")))
        following = lead.offer_ids - offer
        self.assertEqual((following.state, following.partner_id), ("sent", self.leeds))

    def test_everybody_declines(self):
        """After the last partner nobody is asked, and it ends."""
        lead = self.offer().lead_id
        for _number in range(3):
            lead.offer_ids.filtered(lambda offer: offer.state == "sent")._decline(self.too_far)
        self.assertEqual(lead.offer_ids.mapped("state"), ["declined"] * 3)
        self.assertFalse(lead.partner_assigned_id)

    def test_first_declines(self):
        """With several asked at once the others go on; nobody new is asked before all have answered."""
        self.company_a.reseller_way, self.company_a.reseller_top = "first", 2
        offers = self.offer()
        offers[0]._decline(self.too_far)
        self.assertEqual(len(offers.lead_id.offer_ids), 2)

    def test_meanwhile(self):
        """Won, lost, archived, given away, deleted, partner archived or moved: each is said in a sentence."""
        self.pia.partner_id.parent_id = False
        late = Datetime.now() - timedelta(minutes=1)
        for change, words in (
            (lambda lead, offer: lead.action_set_won(), "closed meanwhile"),
            (lambda lead, offer: lead.action_set_lost(), "closed meanwhile"),
            (lambda lead, offer: lead.action_archive(), "closed meanwhile"),
            (lambda lead, offer: lead.write({"partner_assigned_id": self.lyon.id}), "given to somebody meanwhile"),
            (lambda lead, offer: lead.unlink(), "taken this offer back"),
            (lambda lead, offer: offer.partner_id.action_archive(), "partnership has ended"),
            (lambda lead, offer: offer.partner_id.write({"company_id": self.company_b.id}), "looks after you now"),
            (lambda lead, offer: offer.write({"valid_until": late}), "time to answer is over"),
        ):
            savepoint = self.env.cr.savepoint()
            offer = self.offer()
            lead = offer.lead_id
            before = lead.partner_assigned_id
            change(lead, offer)
            with self.subTest(words):
                self.assertIn(words, offer._why_closed())
                self.assertFalse(offer._accept())
                self.assertNotEqual(lead.exists().partner_assigned_id, before or self.brussels)
            self.env.flush_all()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.transaction.clear()
            self.env.cr.precommit.clear()

    def test_merged(self):
        """A lead merged into another: its offer is closed, and its partner is not asked for the other one."""
        offer = self.offer()
        head = self.new_lead("Head", type="opportunity")
        head._merge_dependences(offer.lead_id)
        self.assertRecordValues(
            offer, [{"state": "recalled", "lead_id": head.id, "note": "The lead was merged with another one."}]
        )
        self.assertEqual((self.offer(head) - offer).partner_id, self.leeds)

    def test_next_one_in_its_company(self):
        """A lead of no company goes on by the settings of the company that offered it, whoever opens the link."""
        offer = self.offer(company_id=False)
        offer.with_company(self.company_b)._decline(self.too_far)
        following = offer.lead_id.offer_ids - offer
        self.assertEqual((following.company_id, following.state), (self.company_a, "sent"))

    @freeze_time(NOW)
    def test_note_is_short(self):
        offer = self.offer()
        offer._decline(self.too_far, "x" * 2000)
        self.assertEqual(len(offer.decline_note), 500)
