from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attribution_common import AMOUNTS, AttributionCase


@tagged("post_install", "-at_install")
class TestAttributionChanges(AttributionCase):
    """The rows follow what happens to leads."""

    def by_log(self):
        """The job, without its look at leads that were written: what the log alone says."""
        with patch.object(type(self.Share), "_walk_written", lambda _self: True):
            self.follow()

    def test_journey_of_a_deal(self):
        """Arrival by an ad, two meetings, a third after the deal, mails in between: three rows, and why each counts."""
        self.lead.write({"source_id": self.ad.id, "campaign_id": self.spring.id})
        self.born(self.lead, 0)
        self.touch(self.lead, 10, 20, 31)
        self.touch(self.lead, 5, 15, kind="message_in")
        self.win(self.lead, 100)
        self.follow()
        shares = self.shares(self.lead)
        self.assertRecordValues(
            shares,
            [
                {
                    "kind": kind,
                    "touch_moment": self.day(day),
                    "source_id": source.id,
                    "campaign_id": campaign.id,
                    "amount_first": first,
                    "amount_last": last,
                    "amount_last_known": known,
                    "amount_linear": linear,
                    "amount_u": u,
                    "amount_w": w,
                    "user_id": self.lead.user_id.id,
                    "team_id": self.north.id,
                    "won_at": self.day(30),
                }
                for kind, day, source, campaign, first, last, known, linear, u, w in (
                    ("arrival", 0, self.ad, self.spring, 100, 0, 100, 33.34, 40, 90),
                    ("meeting_held", 10, self.ad.browse(), self.spring.browse(), 0, 0, 0, 33.33, 20, 5),
                    ("meeting_held", 20, self.ad.browse(), self.spring.browse(), 0, 100, 0, 33.33, 40, 5),
                )
            ],
        )
        self.assertEqual(
            shares.mapped("why"),
            [
                "first · made the lead · made it an opportunity · last non-direct",
                "in between",
                "last",
            ],
        )

    def test_mails(self):
        """The mail that made the lead is a touch; what the customer writes later belongs to the conversation."""
        self.born(self.lead, 0)
        self.touch(self.lead, 0, 3, 8, kind="message_in")
        self.win(self.lead, 100)
        self.follow()
        self.assertRecordValues(self.shares(self.lead), [{"kind": "message_in", "touch_moment": self.day(0)}])

    def test_no_touch(self):
        """Without a touch and without a source the deal is one unknown row."""
        self.win(self.lead, 100)
        self.follow()
        self.assertRecordValues(self.shares(self.lead), [{"kind": "unknown", "amount_u": 100, "source_id": False}])

    def test_won_reopened_lost(self):
        """Won brings rows, reopening and losing take them away: told by the log."""
        self.touch(self.lead, 1)
        self.win(self.lead)
        self.by_log()
        self.assertEqual(len(self.shares(self.lead)), 1)
        self.lead.stage_id = self.open_stage
        self.by_log()
        self.assertFalse(self.shares(self.lead))
        self.win(self.lead)
        self.by_log()
        self.assertTrue(self.shares(self.lead))
        self.lead.stage_id = self.open_stage
        self.lead.action_set_lost()
        self.by_log()
        self.assertFalse(self.shares(self.lead))

    def test_amount_changed(self):
        """The money of a won deal changes: told by the log."""
        self.touch(self.lead, 1, 2, 3)
        self.win(self.lead)
        self.by_log()
        self.lead.expected_revenue = 70
        self.by_log()
        self.assertEqual(set(map(float, self.sums(self.lead))), {70.0})

    def test_touch_learned_late(self):
        """A touch that is told only after the deal was won is shared in."""
        self.touch(self.lead, 1)
        self.win(self.lead)
        self.by_log()
        self.touch(self.lead, 2, kind="meeting_held")
        self.by_log()
        self.assertEqual(self.shares(self.lead).mapped("amount_linear"), [50, 50])

    def test_merged(self):
        """Touches of a lead that was merged into a won one are touches of that one."""
        other = self.leads["north_otto"]
        self.touch(other, 2)
        self.touch(self.lead, 4)
        self.win(self.lead)
        self.win(other, 50)
        self.by_log()
        kept = (self.lead + other).merge_opportunity(auto_unlink=True)
        self.assertEqual(kept.won_status, "won")
        self.by_log()
        self.assertEqual(self.shares(kept).mapped("touch_moment"), [self.day(2), self.day(4)])
        self.assertEqual(set(map(float, self.sums(kept))), {kept.expected_revenue})
        self.assertFalse(self.Share.search_count([("lead_id", "not in", kept.ids)]))

    def test_source_corrected(self):
        """Where a lead came from and when it was won are corrected later: no event tells it, the job finds it."""
        self.win(self.lead)
        self.follow()
        self.lead.write({"source_id": self.fair.id, "date_closed": self.day(33)})
        self.follow()
        self.assertRecordValues(
            self.shares(self.lead), [{"kind": "arrival", "source_id": self.fair.id, "won_at": self.day(33)}]
        )

    def test_salesperson_changed(self):
        """A won deal is given to somebody else: told by the log."""
        self.win(self.lead)
        self.by_log()
        self.lead.user_id = self.users["otto"]
        self.by_log()
        self.assertEqual(self.shares(self.lead).user_id, self.users["otto"])

    def test_campaign_deleted(self):
        """A deleted campaign leaves the money where it is; doing it all anew says the same."""
        self.lead.write({"source_id": self.ad.id, "campaign_id": self.spring.id})
        self.win(self.lead)
        self.follow()
        self.spring.unlink()
        self.env.invalidate_all()
        before = self.rows(self.lead)
        self.assertEqual((before[0]["campaign_id"], before[0]["amount_linear"]), (False, 100))
        self.Share._share_out(self.lead.ids)
        self.assertEqual(self.rows(self.lead), before)

    def test_lead_deleted(self):
        """With the lead its rows go."""
        self.win(self.lead)
        self.follow()
        self.lead.unlink()
        self.env.flush_all()
        self.assertFalse(self.Share.search_count([]))

    def test_other_company(self):
        """A won lead moves to a company with another currency: at once its rows are of that company and currency."""
        self.company_b.currency_id = (
            self.env["res.currency"].with_context(active_test=False).search([("name", "=", "JPY")])
        )
        self.company_b.currency_id.active = True
        self.touch(self.lead, 1, 2, 3)
        self.win(self.lead)
        self.follow()
        self.lead.write({"user_id": False, "team_id": self.far.id, "company_id": self.company_b.id})
        self.env.flush_all()
        self.assertEqual(self.shares(self.lead).company_id, self.company_b)
        self.assertEqual(self.shares(self.lead).currency_id.name, "JPY")
        self.follow()
        self.assertEqual(sorted(self.shares(self.lead).mapped("amount_linear")), [33, 33, 34])

    def test_as_from_scratch(self):
        """After a row of changes the rows are those that counting from the beginning gives."""
        leads = self.env["crm.lead"].union(*self.leads.values())
        for number, lead in enumerate(leads):
            lead.source_id = [False, self.ad, self.fair][number % 3]
            self.touch(lead, *range(number % 4))
            self.win(lead, 100.01 * number)
        self.follow()
        leads[0].stage_id = self.open_stage
        leads[1].expected_revenue = 5
        leads[2].source_id = self.fair
        self.touch(leads[3], 7, kind="meeting_held")
        self.follow()
        leads[0].stage_id = self.won_stage
        self.follow()
        before = self.rows(leads)
        self.assertEqual(len({row["lead_id"] for row in before}), len(leads))
        self.env.cr.execute("DELETE FROM crm_attribution_share")
        self.Share._follow_start()
        self.run_job()
        key = lambda row: (row["lead_id"], row["touch_moment"])  # noqa: E731
        self.assertEqual(sorted(self.rows(leads), key=key), sorted(before, key=key))


@tagged("post_install", "-at_install")
class TestAttributionSwitch(AttributionCase):
    """The setting, and the job behind it."""

    def test_switch(self):
        """On: the job is active and goes over what is won. Off: it is inactive and does nothing more."""
        self.assertTrue(self.cron.active)
        self.win(self.lead)
        self.run_job()
        self.assertTrue(self.shares(self.lead))
        self.switch(False)
        self.assertFalse(self.cron.active)
        other = self.leads["south_sara"]
        self.win(other)
        self.run_job()
        self.assertFalse(self.shares(other))

    def test_on_again(self):
        """What changed while it was off is caught up with, also of leads that are no longer won."""
        self.win(self.lead)
        self.follow()
        self.switch(False)
        self.lead.stage_id = self.open_stage
        self.win(self.leads["south_sara"])
        self.switch(True)
        self.run_job()
        self.assertEqual(self.Share.search([]).lead_id, self.leads["south_sara"])

    def test_newest_first_in_batches(self):
        """Leads are gone over from the newest, a batch at a time; switched off in between, it stops there."""
        leads = self.env["crm.lead"].union(*self.leads.values()).sorted("id")
        for lead in leads:
            self.win(lead)
        self.env.cr.execute("UPDATE crm_lead SET write_date = write_date - interval '1 day'")
        self.Share._follow_start()
        share_out = type(self.Share)._share_out

        def off_after_two(shares, lead_ids):
            share_out(shares, lead_ids)
            done.append(lead_ids)
            if len(done) == 2:
                shares.env["ir.config_parameter"].set_param("crm_reports.attribution", False)

        done = []
        with (
            patch.object(type(self.Share), "_following_batch", 3),
            patch.object(type(self.Share), "_share_out", off_after_two),
        ):
            self.run_job()
        self.assertEqual(done, [leads[-1:-4:-1].ids, leads[-4:-7:-1].ids])
        self.assertEqual(self.Share._follow_to_do(), len(leads) - 6)
        self.switch(True)
        self.run_job()
        self.assertEqual(self.Share.search([]).lead_id, leads)
        self.assertEqual(self.Share._follow_to_do(), 0)

    def test_one_that_fails(self):
        """A lead that can't be shared out is logged and stops none of the others."""
        good = self.leads["south_sara"]
        self.win(self.lead)
        self.win(good)
        amounts, bad = type(self.Share)._attribution_amounts, self.lead.id
        with (
            patch.object(
                type(self.Share),
                "_attribution_amounts",
                lambda shares, leads: 1 / 0 if bad in leads._ids else amounts(shares, leads),
            ),
            mute_logger("odoo.addons.crm_core.models.crm_lead_following_mixin"),
        ):
            self.run_job()
        self.assertEqual(self.Share.search([]).lead_id, good)

    def test_half_life(self):
        """Another half-life is worked out for all deals; one of nothing is refused."""
        self.touch(self.lead, 0, 14)
        self.win(self.lead)
        self.follow()
        self.assertEqual(self.shares(self.lead).mapped("amount_decay"), [20, 80])
        self.switch(True, crm_attribution_half_life=14)
        self.run_job()
        self.assertEqual(self.shares(self.lead).mapped("amount_decay"), [33.33, 66.67])
        with self.assertRaises(UserError):
            self.switch(True, crm_attribution_half_life=0)

    def test_settings_say_how_far(self):
        """The settings page says how many deals are still to be done."""
        self.win(self.lead)
        self.Share._follow_start()
        self.assertEqual(self.env["res.config.settings"].new().crm_attribution_to_do, 1)
        self.run_job()
        self.assertEqual(self.env["res.config.settings"].new().crm_attribution_to_do, 0)

    def test_a_job_that_is_cut_short(self):
        """Written leads that the job had no time for are done the next time."""
        leads = self.leads["north_olga"] + self.leads["north_otto"] + self.leads["south_sara"]
        self.Share._follow_start()
        self.run_job()
        for number, lead in enumerate(leads):
            self.win(lead)
            self.env.cr.execute(
                "UPDATE crm_lead SET write_date = write_date + %s WHERE id = %s", (timedelta(hours=number), lead.id)
            )
        calls = []
        with (
            patch.object(type(self.Share), "_following_batch", 1),
            patch.object(type(self.Share), "_go_on", lambda _self, done, _left: calls.append(done) or len(calls) < 2),
        ):
            self.Share._walk_written()
        self.assertEqual(len(self.Share.search([]).lead_id), 2)
        self.run_job()
        self.assertEqual(self.Share.search([]).lead_id, leads)
        self.assertTrue(all(sum(row[name] for row in self.rows(leads)) == 300 for name in AMOUNTS))
