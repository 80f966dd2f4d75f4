from datetime import timedelta

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTeamDashboard(ReportCase):
    """A team at a glance: each figure is what plain Python counts, and opens its leads."""

    def _page(self, user=3, **options):
        return self.env["crm.team.dashboard"].with_user(self.users[user]).get_page(options)

    def _behind(self, opens):
        return self.env["crm.lead"].search(Domain(opens["domain"]))

    def test_tiles(self):
        """Won, open, new and unattended of one team."""
        north = self.teams[0]
        standing = self.leads.filtered(
            lambda lead: lead.active and lead.won_status == "pending" and lead.team_id == north
        )
        self.env.cr.execute(
            "UPDATE crm_lead SET attention_state = CASE WHEN id %% 2 = 0 THEN 'stalled' ELSE 'sleeping' END"
            " WHERE id = ANY(%s)",
            [standing.ids],
        )
        self.env.invalidate_all()
        won, opened, new, unattended = self._page(team_id=north.id)["tiles"]
        expected = self.leads.filtered(
            lambda lead: lead.won_status == "won"
            and lead.team_id == north
            and lead.date_closed >= NOW.replace(day=1, hour=0)
        )
        self.assertTrue(expected)
        self.assertEqual(self._behind(won["open"]), expected)
        self.assertEqual(self._behind(opened["open"]), standing.filtered(lambda lead: lead.type == "opportunity"))
        self.assertEqual(unattended["value"], str(len(standing.filtered(lambda lead: lead.id % 2 == 0))))
        self.assertEqual(len(self._behind(new["open"])), int(new["value"]))

    def test_members(self):
        """Each member's row: open leads, money, late steps; all rows together are all open leads."""
        lead = self.leads.filtered(lambda lead: lead.active and lead.won_status == "pending" and lead.user_id)[0]
        lead.activity_schedule("mail.mail_activity_data_call", date_deadline=NOW.date() - timedelta(days=3))
        rows = self._page()["tables"][1]["rows"]
        found = [self._behind(row["open"]) for row in rows]
        self.assertEqual([str(len(leads)) for leads in found], [row["cells"][1] for row in rows])
        standing = self.leads.filtered(lambda lead: lead.active and lead.won_status == "pending")
        self.assertEqual(self.env["crm.lead"].concat(*found).sorted("id"), standing.sorted("id"))
        late = {row["cells"][0]: row["cells"][4] for row in rows}
        self.assertEqual(late[lead.user_id.display_name], "1")

    def test_own_documents(self):
        """Olga sees her own leads and unassigned ones, nobody else's row."""
        names = {row["cells"][0] for row in self._page(user=0)["tables"][1]["rows"]}
        self.assertEqual(names, {self.users[0].display_name, "Nobody"} & names)
        self.assertIn(self.users[0].display_name, names)

    def test_without_apps(self):
        """Where no app brings money, the page says so."""
        table = self._page()["tables"][0]
        if not self.env["crm.team.dashboard"]._streams():
            self.assertIn("is installed", table["empty"])
