from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCongestion(ReportCase):
    """A stage of a team is congested when it holds more than usual, or deals older than twice the usual time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([("active", "in", [True, False])]).unlink()
        cls.env["ir.config_parameter"].set_param("crm_reports.usual_on", "")
        cls.env.invalidate_all()
        cls.stage, cls.north = cls.stages[0], cls.teams[0]

    def _make(self, count, days):
        """Open opportunities that have stood in the stage for so many days."""
        leads = self.env["crm.lead"].create(
            [
                {"name": f"Stands {n}", "type": "opportunity", "team_id": self.north.id, "stage_id": self.stage.id,
                 "user_id": self.users[n % 2].id}
                for n in range(count)
            ]
        )  # fmt: skip
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_last_stage_update = %s WHERE id = ANY(%s)",
            [NOW - timedelta(days=days), leads.ids],
        )
        self.env.invalidate_all()
        return leads

    def _stayed(self, leads, entered, days):
        """Stays that have ended, told as days before now."""
        for lead in leads:
            left = NOW - timedelta(days=entered - days)
            self.env.cr.execute(
                "INSERT INTO crm_lead_passage (lead_id, stage_id, team_id, entered, left_at, days, outcome)"
                " VALUES (%s, %s, %s, %s, %s, %s, 'on')",
                [lead.id, self.stage.id, self.north.id, NOW - timedelta(days=entered), left, days],
            )

    def _congestion(self, user=3):
        self.env["crm.stage.usual"]._refresh_daily()
        return self.env["crm.stage"].with_user(self.users[user]).get_congestion()

    def test_nothing_known(self):
        """Without a past nothing is called congested, however many there are."""
        self._make(60, 90)
        self.assertEqual(self._congestion(), {})

    def test_more_than_usual(self):
        """Five stood there at each month end; now it is six. Who sees only his own leads is told nothing."""
        leads = self._make(6, 1)
        self._stayed(leads[:5], entered=360, days=359)
        (sentence,) = self._congestion()[self.stage.id].values()
        self.assertEqual(sentence, "North: 6 open opportunities, usually at most 5.")
        self.assertEqual(self._congestion(user=0), {})
        leads[0].active = False
        self.assertEqual(self._congestion(), {})

    def test_stage_used_lately(self):
        """Months before the team first used the stage don't count: five month ends are too few to tell."""
        leads = self._make(6, 1)
        self._stayed(leads[:5], entered=150, days=149)
        self.assertEqual(self._congestion(), {})

    def test_too_old(self):
        """The team needs two days; half of those who stand there have stood for more than four."""
        leads = self._make(20, 5)
        self._stayed(leads, entered=300, days=2)
        (sentence,) = self._congestion()[self.stage.id].values()
        self.assertIn("more than 5 days; the team usually needs 2.0", sentence)

    def test_once_a_day(self):
        """What is usual is worked out once a day."""
        self._stayed(self._make(20, 5), entered=300, days=2)
        self.env["crm.stage.usual"]._refresh_daily()
        self.env.cr.execute("DELETE FROM crm_lead_passage")
        self.assertTrue(self._congestion())
        with freeze_time(NOW + timedelta(days=1)):
            self.assertEqual(self._congestion(), {})

    def test_list_of_congested_ones(self):
        """The list behind the dashboard: what stands there, what is usual, why it is red; in the reader's companies."""
        leads = self._make(6, 1)
        self._stayed(leads[:5], entered=360, days=359)
        self.env["crm.stage.usual"]._refresh_daily()
        usuals = self.env["crm.stage.usual"].with_user(self.users[3])
        congested = usuals.search([("is_congested", "=", True)])
        self.assertRecordValues(
            congested,
            [{"stage_id": self.stage.id, "team_id": self.north.id, "open_count": 6, "most": 5, "is_congested": True}],
        )
        self.assertIn("usually at most 5", congested.congestion)
        self.assertNotIn(congested, usuals.search([("is_congested", "=", False)]))
        self.north.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(usuals.search([("team_id", "=", self.north.id)]))

    def test_other_company(self):
        """Leads of a company that the reader has not chosen do not count."""
        leads = self._make(20, 5)
        self._stayed(leads, entered=300, days=2)
        other = self.env["res.company"].create({"name": "Other"})
        self.env.cr.execute("UPDATE crm_lead SET company_id = %s WHERE id = ANY(%s)", [other.id, leads.ids])
        self.env.invalidate_all()
        self.assertEqual(self._congestion(), {})

    def test_team_dashboard(self):
        """The stage is red there with the same sentence, for its team and for all, not for another team."""
        leads = self._make(6, 1)
        self._stayed(leads[:5], entered=360, days=359)
        ((stage_id, sentences),) = self._congestion().items()
        self.assertEqual(list(sentences), [self.north.id])
        sentence = sentences[self.north.id]
        page = self.env["crm.team.dashboard"].with_user(self.users[3])
        for team_id, red in ((self.north.id, True), (False, True), (self.teams[1].id, False)):
            rows = page.get_page({"team_id": team_id})["tables"][2]["rows"]
            hints = [row["hint"] for row in rows if row["colour"]]
            self.assertEqual(hints, [sentence] if red else [], team_id)
        self.assertEqual(stage_id, self.stage.id)
