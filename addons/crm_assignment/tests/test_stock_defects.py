import random
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.crm.models import crm_team

from ..models.crm_team import ODOO
from ..models.res_config_settings import LOOKALIKES
from .common import AssignmentCase

OURS = "round_robin"


@tagged("post_install", "-at_install")
class TestStockDefects(AssignmentCase):
    """What goes wrong where Odoo's own code shares out, and does not where ours does.

    Each scenario answers whether the defect shows. It is played once with a method of ours and once with
    Odoo's own: the day on which Odoo mends a defect, its test says so.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"no_reset_password": True})  # with tracking, as people work
        for name in ("north", "south", "olga", "otto", "sara"):
            setattr(cls, name, getattr(cls, name).with_env(cls.env))
        cls.env.flush_all()
        cls.env.cr.precommit.clear()

    def _shows(self, scenario, method):
        """Whether the defect shows with this method; nothing stays of the scenario."""
        savepoint = self.env.cr.savepoint()
        (self.north + self.south).assignment_method = method
        shows = scenario()
        self.env.cr.precommit.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)
        self.env.transaction.clear()
        self.env.registry.clear_cache()
        return shows

    def _assert_mended(self, scenario):
        self.assertFalse(self._shows(scenario, OURS), "with a method of ours")
        self.assertTrue(self._shows(scenario, ODOO), "Odoo no longer has this defect: the docs may say so")

    def _share_daily(self, times, leads):
        """So many runs of Odoo's job, 25 hours apart; afterwards how many of the leads Olga has."""
        for time in range(times):
            with self.later(hours=25 * time):
                self.env.invalidate_all()
                self.share(force=False)
        return len(leads.filtered(lambda lead: lead.user_id == self.olga.user_id))

    def test_s2_small_maximum(self):
        """S2: with Odoo a maximum of 14 in 30 days is rounded to none a day: nothing in a week of runs."""

        def shows():
            self.olga.assignment_max, self.otto.assignment_max = 14, 0
            return self._share_daily(7, self.make(3)) == 0

        self._assert_mended(shows)

    def test_s2_maximum_is_none(self):
        """S2: with Odoo a maximum of 15 in 30 days is one a day, day after day: 18 leads in 19 days."""

        def shows():
            self.olga.assignment_max, self.otto.assignment_max = 15, 0
            given = self._share_daily(18, self.make(20))
            self.assertIn(given, (15, 18))
            return given > 15

        self._assert_mended(shows)

    def test_s3_preferred_by_two(self):
        """S3: with Odoo a lead that two members prefer is given to the one, then to the other, and counted twice."""

        def shows():
            (self.olga + self.otto).write(
                {"assignment_max": 90, "assignment_domain_preferred": "[('city', '=', 'Testville')]"}
            )
            leads = self.make(3, city="Testville")
            _teams, members_data = self.share()
            given = [lead for data in members_data.values() for lead in data["assigned"]]
            self.assertEqual(set(given), set(leads))
            return len(given) > len(leads)

        self._assert_mended(shows)

    def test_s4_typed_in(self):
        """S4: with Odoo a lead that a member typed in, and lost, takes the place of the one that he would get."""

        def shows():
            self.otto.assignment_max = 0
            typed = self.make(user_id=self.olga.user_id.id)
            typed.action_set_lost()
            lead = self.make()
            self.env.invalidate_all()
            self.share(force=False)
            return not lead.user_id

        self._assert_mended(shows)

    def test_s5_merged_unasked(self):
        """S5: with Odoo a new lead with the e-mail of somebody's open deal is gone, with what it was to bring."""

        def shows():
            self.north.assignment_domain = False
            deal = self.make(
                email_from="ann@example.com", team_id=self.south.id, user_id=self.sara.user_id.id, expected_revenue=10
            )
            lead = self.make(email_from="ann@example.com", team_id=False, expected_revenue=999)
            self.share()
            self.assertEqual(deal.expected_revenue, 10)
            return not lead.exists()

        self._assert_mended(shows)

    def test_s6_another_result_each_time(self):
        """S6: with Odoo chance draws the team: the same leads and people give another result with another draw."""

        def teams_with(seed):
            savepoint = self.env.cr.savepoint()
            leads = self.make(8, team_id=False)
            with patch.object(crm_team.random, "choices", random.Random(seed).choices):
                self.share(self.north + self.south)
            found = tuple(lead.team_id.name for lead in leads)
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.transaction.clear()
            return found

        def shows():
            (self.north + self.south).assignment_domain = False
            (self.olga + self.otto + self.sara).assignment_max = 300
            return len({teams_with(seed) for seed in range(5)}) > 1

        self._assert_mended(shows)

    def test_s7_always_the_same_first(self):
        """S7: with Odoo, of members with equal quotas the same one is always first: he gets all where few come."""

        def shows():
            leads = self.make(0)
            for day in (0, 2, 4, 8):
                with self.later(days=day):
                    self.env.invalidate_all()
                    leads += self.make()
                    self.share(force=False)
            self.assertTrue(all(leads.mapped("user_id")))
            return len(leads.user_id) == 1

        self._assert_mended(shows)

    def test_s8_not_told(self):
        """S8: with Odoo nobody is told that he was given a lead."""

        def shows():
            self.otto.assignment_max = 0
            last = self.env["mail.message"].search([], order="id desc", limit=1).id
            lead = self.make()
            self.share()
            self.env.cr.precommit.run()
            self.assertEqual(lead.user_id, self.olga.user_id)
            told = self.env["mail.message"].search([("id", ">", last)])
            hers = self.olga.user_id.partner_id
            chats = self.env["discuss.channel"].search([("channel_partner_ids", "in", hers.ids)])
            return not told.filtered(
                lambda message: hers in message.notified_partner_ids + message.partner_ids
                or (message.model == "discuss.channel" and message.res_id in chats.ids)
            )

        self._assert_mended(shows)

    def test_s8_converted_unasked(self):
        """S8: with Odoo a lead that is given becomes an opportunity, whether anybody has qualified it or not."""

        def shows():
            lead = self.make()
            self.share()
            return lead.type != "lead"

        self._assert_mended(shows)

    def test_s28_too_many_are_none(self):
        """S28: with Odoo a lead with 21 others of its mail domain has no similar leads at all."""
        leads = self.make(22, team_id=False)
        for place, lead in enumerate(leads):
            lead.email_from = f"person{place}@kiwi-mill.test"

        def similar(is_on):
            self.env["ir.config_parameter"].set_param(LOOKALIKES, is_on)
            leads.invalidate_recordset(["duplicate_lead_count"])
            return leads[0].duplicate_lead_count

        self.assertEqual(similar(True), 21)
        self.assertEqual(similar(False), 0, "Odoo no longer has this defect: the docs may say so")

    def test_s28_companies_are_not_compared(self):
        """S28: with Odoo leads of one company are not similar where neither mail, phone nor customer is."""
        one, _other = self.make(partner_name="Kiwi Mill Ltd."), self.make(partner_name="KIWI MILL")

        def similar(is_on):
            self.env["ir.config_parameter"].set_param(LOOKALIKES, is_on)
            one.invalidate_recordset(["duplicate_lead_count"])
            return one.duplicate_lead_count

        self.assertEqual(similar(True), 1)
        self.assertEqual(similar(False), 0, "Odoo no longer has this defect: the docs may say so")
