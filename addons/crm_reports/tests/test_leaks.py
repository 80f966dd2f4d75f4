from datetime import timedelta

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLeaks(ReportCase):
    """Where revenue leaks: a planted leak is found, told in words, and opens its deals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([("active", "in", [True, False])]).unlink()
        cls.fair, cls.web = cls.sources

    def _close(self, count, lost, days, source, stage=0, team=0):
        """Closed leads of a source: so many of them lost, so many days ago."""
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Closed {n}", "type": "opportunity", "source_id": source.id, "expected_revenue": 100,
                    "stage_id": self.stages[stage].id, "team_id": self.teams[team].id, "user_id": self.users[0].id,
                }
                for n in range(count)
            ]
        )  # fmt: skip
        leads[:lost].action_set_lost()
        leads[lost:].write({"stage_id": self.won_stage.id})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_closed = %s WHERE id = ANY(%s)", [NOW - timedelta(days=days), leads.ids]
        )
        self.env.invalidate_all()
        return leads

    def _page(self, user=3, **options):
        return self.env["crm.leaks"].with_user(self.users[user]).get_page(options)

    def test_planted(self):
        """Since January the fair loses 80 of 100 instead of 30, all of it in the second stage."""
        self._close(200, 60, 200, self.fair)
        self._close(200, 60, 200, self.web)
        self._close(100, 30, 30, self.web)
        lost = self._close(100, 80, 30, self.fair, stage=1)[:80]
        page = self._page()
        self.assertEqual(page["options"]["month"], "2026-01")
        stage = self.stages[1].name
        self.assertIn(f"{stage} loses 40 points more than usual since January 2026", page["lead"])
        self.assertIn("nearly all of it from Fair", page["lead"])
        self.assertEqual(page["lead"].count("Fair"), 1)
        row = next(row for table in page["tables"] for row in table["rows"] if row["cells"][0] == "Fair")
        self.assertEqual(row["cells"][1:5], ["80 of 100", "80\u00a0%", "30\u00a0%", "+50 points"])
        self.assertEqual(row["colour"], "text-danger")
        behind = self.env["crm.lead"].with_user(self.users[3]).search(Domain(row["open"]["domain"]))
        self.assertEqual(behind, lost)

    def test_nothing_leaks(self):
        """Everything as usual: no part is called a leak, and the page says so."""
        for days in (200, 30):
            self._close(100, 30, days, self.fair)
            self._close(100, 30, days, self.web)
        page = self._page()
        self.assertEqual(page["lead"], "No part loses more than usual beyond what chance does.")
        self.assertFalse([row for table in page["tables"] for row in table["rows"] if row["colour"]])

    def test_few(self):
        """A handful of closed deals claims nothing, whatever their share."""
        self._close(100, 10, 200, self.fair)
        self._close(5, 5, 30, self.fair)
        self.assertEqual(self._page()["lead"], "No part loses more than usual beyond what chance does.")

    def test_empty(self):
        """A database without closed leads, and one deal, show the page and claim nothing."""
        self.assertFalse([row for table in self._page()["tables"] for row in table["rows"]])
        self._close(1, 1, 3, self.fair)
        self.assertEqual(self._page()["tiles"][0]["value"], "100\u00a0%")

    def test_team(self):
        """The leak of one team is not the other's."""
        self._close(200, 60, 200, self.fair)
        self._close(200, 60, 200, self.fair, team=1)
        self._close(100, 80, 30, self.fair)
        self._close(100, 30, 30, self.fair, team=1)
        self.assertIn("loses 50 points", self._page(team_id=self.teams[0].id)["lead"])
        self.assertEqual(
            self._page(team_id=self.teams[1].id)["lead"], "No part loses more than usual beyond what chance does."
        )
