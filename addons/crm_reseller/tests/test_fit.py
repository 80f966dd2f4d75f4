from odoo.tests import freeze_time, tagged

from .offer_common import NOW, OfferCase


@tagged("post_install", "-at_install")
class TestFit(OfferCase):
    """What the engine is told of leads and partners in the database."""

    def fits(self, lead, way="first"):
        [answer] = lead._partners_that_fit(way, 3)
        return self.env["res.partner"].browse([choice.partner for choice in answer.choices]), answer

    def test_nearest_first(self):
        """All three are asked for a Belgian lead, the one in Belgium first: countries are a preference."""
        self.assertEqual(self.fits(self.new_lead())[0][0], self.brussels)

    def test_partner_settings(self):
        """Countries, industries, tags, pauses and capacity keep a partner out, each for its reason."""
        industry, other = self.env["res.partner.industry"].create([{"name": "Pumps"}, {"name": "Pipes"}])
        tag, other_tag = self.env["crm.tag"].create([{"name": "Wanted"}, {"name": "Other"}])
        self.pia.partner_id.parent_id = False
        lead = self.new_lead(industry_id=industry.id, tag_ids=tag.ids)
        for vals, why in (
            ({"reseller_country_ids": self.env.ref("base.fr").ids}, "region"),
            ({"reseller_state_ids": self.env.ref("base.state_us_5").ids}, "region"),
            ({"reseller_industry_ids": other.ids}, "branch"),
            ({"reseller_tag_ids": other_tag.ids}, "branch"),
            ({"reseller_paused_until": "2026-03-11"}, "paused"),
            ({"email": False}, "no_mail"),
            ({"company_id": self.company_b.id}, "company"),
        ):
            savepoint = self.env.cr.savepoint()
            self.brussels.write(vals)
            with freeze_time(NOW):
                partners, answer = self.fits(lead)
            self.assertNotIn(self.brussels, partners, vals)
            self.assertEqual(answer.left_out, {why: 1}, vals)
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        self.brussels.write({"reseller_industry_ids": industry.ids, "reseller_paused_until": "2026-03-10"})
        with freeze_time(NOW):
            self.assertEqual(self.fits(lead)[0][0], self.brussels, "the day has come")

    def test_load(self):
        """Open leads and open offers count against the capacity, also those of colleagues; won ones do not."""
        self.brussels.reseller_capacity = 2
        colleague = self.pia.partner_id
        lead = self._make_lead("His", partner_assigned_id=colleague.id, type="opportunity")
        self.Offer.create(
            {
                "lead_id": self.new_lead().id,
                "partner_id": self.brussels.id,
                "company_id": self.company_a.id,
                "way": "best",
                "state": "sent",
            }
        )
        self.assertEqual(self.fits(self.new_lead())[1].left_out, {"no_room": 1})
        lead.action_set_won()
        self.assertIn(self.brussels, self.fits(self.new_lead())[0])

    def test_asked_before(self):
        """Who was asked for a lead, or declined it in the portal, is not asked again."""
        lead = self.new_lead()
        lead.partner_declined_ids = self.brussels
        self.assertEqual(self.fits(lead)[1].left_out, {"had_it": 1})

    def test_archived(self):
        self.brussels.action_archive()
        self.assertNotIn(self.brussels, self.fits(self.new_lead())[0])

    def test_geocoder_away(self):
        """Without coordinates leads are offered by country: no geocoder is asked."""
        lead = self.new_lead(partner_latitude=0, partner_longitude=0)
        partners, answer = self.fits(lead)
        self.assertEqual(partners[0], self.brussels)
        self.assertIn(("distance", "unknown"), [(one.part, one.kind) for one in answer.choices[0].reasons])

    def test_queries(self):
        """A hundred leads take no more queries than two."""
        counts = []
        for number in (2, 100):
            leads = self.env["crm.lead"].union(*(self.new_lead(f"Lead {place}") for place in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._partners_that_fit("best", 3)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
