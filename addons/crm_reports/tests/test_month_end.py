from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import freeze_time, new_test_user, tagged

from ..figures.period import Month
from .common import NOW, ReportCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestMonthEnd(ReportCase):
    """The month end: each figure is what plain Python counts, and the list behind it."""

    def _page(self, user=3, **options):
        return self.env["crm.month.end"].with_user(self.users[user]).get_page({"month": "2026-03", **options})

    def _closed(self, status, month="2026-03", leads=None):
        begin, end = Month.of(month).moments("UTC")
        return (leads or self.leads).filtered(
            lambda lead: lead.won_status == status and begin <= lead.date_closed < end
        )

    def _behind(self, opens, user=3):
        return self.env[opens["model"]].with_user(self.users[user]).search(Domain(opens["domain"]))

    def test_tiles(self):
        """Won, lost and new leads of the month, each with its list."""
        page = self._page()
        won, lost = self._closed("won"), self._closed("lost")
        self.assertTrue(won and lost)
        by_label = {tile["label"]: tile for tile in page["tiles"]}
        self.assertEqual(by_label["Deals Won"]["value"], str(len(won)))
        self.assertEqual(self._behind(by_label["Won"]["open"]), won)
        self.assertEqual(self._behind(by_label["Lost"]["open"]), lost)
        money = self.env["crm.month.end"]._money
        self.assertEqual(by_label["Won"]["value"], money(sum(won.mapped("expected_revenue"))))
        self.assertEqual(by_label["Won Rate"]["value"], f"{round(100 * len(won) / len(won + lost))}\u00a0%")
        before = len(self._closed("won", "2026-02"))
        self.assertIn(f"{before} the month before", by_label["Deals Won"]["hint"])

    def test_rows_are_lists(self):
        """Each row of each table: its number is that of the leads behind it; the rows of a table make up the whole."""
        page = self._page()
        people, teams, reasons, forecast, _deals = page["tables"]
        closed = self._closed("won") + self._closed("lost")
        for table in (people, teams):
            found = [self._behind(row["open"]) for row in table["rows"]]
            self.assertEqual(sum(map(len, found)), len(closed))
            for row, leads in zip(table["rows"], found, strict=True):
                self.assertEqual(row["cells"][1], str(len(leads.filtered(lambda lead: lead.won_status == "won"))))
        self.assertEqual(sum(int(row["cells"][1]) for row in reasons["rows"]), len(self._closed("lost")))
        standing = self.leads.filtered(
            lambda lead: lead.active and lead.won_status == "pending" and lead.type == "opportunity"
        )
        found = [self._behind(row["open"]) for row in forecast["rows"]]
        self.assertEqual([str(len(leads)) for leads in found], [row["cells"][1] for row in forecast["rows"]])
        self.assertEqual(sum(map(len, found)), len(standing))
        self.assertEqual(self.env["crm.lead"].concat(*found), self.env["crm.lead"].union(*found))

    def test_own_documents(self):
        """Olga sees her own deals only, of one team where she asks for it."""
        olga = self.users[0]
        page = self._page(user=0)
        mine = self._closed("won").filtered(lambda lead: lead.user_id in (olga, self.env["res.users"]))
        tile = next(tile for tile in page["tiles"] if tile["label"] == "Deals Won")
        self.assertEqual(tile["value"], str(len(mine)))
        north = self.teams[0]
        tile = next(tile for tile in self._page(team_id=north.id)["tiles"] if tile["label"] == "Deals Won")
        self.assertEqual(tile["value"], str(len(self._closed("won").filtered(lambda lead: lead.team_id == north))))

    def test_month_of_the_reader(self):
        """Won on 28 February at 23:30 in Budapest, a deal is of February there and of March further east."""
        mona = self.users[3]
        lead = self.leads.filtered(lambda lead: lead.won_status == "won")[0]
        self.env.cr.execute(
            "UPDATE crm_lead SET date_closed = %s WHERE id = %s", [datetime(2026, 2, 28, 22, 30), lead.id]
        )
        self.env.invalidate_all()
        for zone, is_march in (("Europe/Budapest", False), ("Asia/Ulaanbaatar", True)):
            page = self.env["crm.month.end"].with_user(mona).with_context(tz=zone).get_page({"month": "2026-03"})
            tile = next(tile for tile in page["tiles"] if tile["label"] == "Won")
            self.assertEqual(lead in self._behind(tile["open"]), is_march, zone)

    def test_nonsense(self):
        """A month that is none, a team that is gone or not theirs: this month, all teams."""
        page = self._page(month="2026-99", team_id=10**9)
        self.assertEqual(page["options"], {"month": "2026-03", "team_id": False})
        page = self._page(month=["2026-03"], team_id="1 OR 1=1")
        self.assertEqual(page["options"], {"month": "2026-03", "team_id": False})

    def test_empty(self):
        """A month in which nothing happened says so."""
        page = self._page(month="1999-01")
        self.assertEqual(page["tables"][0]["empty"], "Nothing was closed in this month.")
        self.assertFalse(page["tables"][0]["rows"])

    def test_portal(self):
        """Nobody from outside gets figures."""
        portal = new_test_user(self.env, login="report_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["crm.month.end"].with_user(portal).get_page({})

    def test_on_paper(self):
        """The printed page has the figures of the screen."""
        report = self.env.ref("crm_reports.crm_month_end_action_report").with_user(self.users[3])
        html, _kind = report._render_qweb_html(report.report_name, [], {"month": "2026-03"})
        for table in self._page()["tables"]:
            self.assertIn(table["title"], html.decode())
        self.assertIn("March 2026", html.decode())

    def test_month_words(self):
        """The list of months begins with this one."""
        months = self._page()["months"]
        self.assertEqual((months[0], len(months)), (["2026-03", "March 2026"], 24))
        self.assertEqual(Month.with_day(date(2026, 3, 1)).last - timedelta(days=30), date(2026, 3, 1))
