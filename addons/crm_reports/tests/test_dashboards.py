import json

from lxml import etree

from odoo.tests import HttpCase, tagged

from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet, menus_xml_ids_in_spreadsheet

from .common import NOW, ReportCase

BOARDS = ("pipeline", "team_pipeline", "forecast", "attribution", "unattended")
BOARDS += ("distribution", "lost_deals", "activities", "month_end")
OF_LEADERS = ("team_pipeline", "distribution", "month_end")


class DashboardCase(ReportCase):
    """The leads of the reports, as if they had come until today; some unattended, some with steps done and late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boards = {name: cls.env.ref(f"crm_reports.spreadsheet_dashboard_{name}") for name in BOARDS}
        cls.env.cr.execute(
            """
            UPDATE crm_lead SET create_date = create_date + shift, date_closed = date_closed + shift,
                   date_open = create_date + shift, date_deadline = (date_deadline + shift)::date
              FROM (SELECT now() AT TIME ZONE 'UTC' - %s AS shift) shifted
            """,
            [NOW],
        )
        cls.env.cr.execute(
            """
            UPDATE crm_lead SET attention_since = now() AT TIME ZONE 'UTC',
                   attention_state = (%s)[1 + id %% 5]
             WHERE active AND won_status = 'pending'
            """,
            [["waiting_for_us", "overdue", "no_next_step", "stalled", "on_track"]],
        )
        cls.env.invalidate_all()
        cls._do_and_plan()

    @classmethod
    def _do_and_plan(cls):
        today, call = NOW.today().date(), cls.env.ref("mail.mail_activity_data_call")
        mine = cls.leads.filtered(lambda lead: lead.active and lead.won_status == "pending" and lead.user_id)
        for number, lead in enumerate(mine[:12]):
            step = lead.activity_schedule(
                activity_type_id=call.id, date_deadline=today.replace(day=1), user_id=lead.user_id.id
            )
            if number % 2:
                step._action_done()


@tagged("post_install", "-at_install")
class TestDashboards(DashboardCase, HttpCase):
    """The files of the dashboards against the models that they name."""

    def _fields(self, board):
        """Model -> names of all fields that the board asks for, those of its filters included."""
        data = json.loads(board.spreadsheet_data)
        found = {model: set(names) for model, names in fields_in_spreadsheet(data).items()}
        charts = [figure["data"] for figure in data["sheets"][0]["figures"]]
        sources = [*data["pivots"].values(), *data["lists"].values()]
        sources += [{**chart, "model": chart["metaData"]["resModel"]} for chart in charts if "metaData" in chart]
        for source in sources:
            found[source["model"]] |= {matching["chain"] for matching in source["fieldMatching"].values()}
        return found

    def _resolve(self, user, model, path):
        name, _dot, rest = path.partition(":")[0].partition(".")
        known = self.env[model].with_user(user).fields_get([name], ["type", "relation"])
        self.assertIn(name, known, f"{model}.{path} for {user.login}")
        if rest:
            self._resolve(user, known[name]["relation"], rest)

    def test_fields(self):
        """Every field exists and may be read by all who see the board; there are some hundred."""
        number = 0
        for name, board in self.boards.items():
            for user in self._readers(name):
                for model, paths in self._fields(board).items():
                    for path in paths - {"__count"}:
                        self._resolve(user, model, path)
                        number += 1
        self.assertGreater(number, 200)

    def _readers(self, name):
        return [
            user for user in self.users if not (name in OF_LEADERS and user.login in ("report_olga", "report_otto"))
        ]

    def test_records_behind_figures(self):
        """A figure opens leads, or rows of which each opens its lead."""
        opened = set()
        for board in self.boards.values():
            data = json.loads(board.spreadsheet_data)
            for source in (*data["pivots"].values(), *data["lists"].values()):
                action = self.env.ref(source["actionXmlId"])
                self.assertEqual(action.res_model, source["model"], board.name)
                opened.add(action)
        self.assertGreater(len(opened), 3)
        for action in opened:
            if action.res_model in ("crm.activity.report", "crm.attribution.share"):
                view = self.env[action.res_model].get_view(
                    {kind: view for view, kind in action.views}.get("list"), "list"
                )
                self.assertEqual(etree.fromstring(view["arch"]).get("action"), "action_open_lead", action.name)
        done = self.env["crm.activity.report"].search([], limit=1)
        self.assertEqual(done.action_open_lead()["res_id"], done.lead_id.id)

    def test_menus(self):
        """The menus behind scorecards exist."""
        for board in self.boards.values():
            for sheet in (json.loads(board.spreadsheet_data), board._get_sample_dashboard()):
                for xmlid in menus_xml_ids_in_spreadsheet(sheet):
                    self.assertEqual(self.env.ref(xmlid)._name, "ir.ui.menu")

    def test_who_sees_which(self):
        """A salesperson sees those of his own work, leaders and managers all of them."""
        olga, _otto, aldo, mona = self.users
        boards = self.env["spreadsheet.dashboard"].union(*self.boards.values())
        for user in (aldo, mona):
            self.assertEqual(boards.with_user(user)._filtered_access("read"), boards)
        leaders = boards.browse(self.boards[name].id for name in OF_LEADERS)
        self.assertEqual(boards.with_user(olga)._filtered_access("read"), boards - leaders)

    def test_formats_of_the_reader(self):
        """Money stands in the currency of the reader's company, days as his language writes them."""
        mona = self.users[3]
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        mona.lang = lang.code
        for symbol, position, written in (("Ft", "after", "#,##0[$Ft]"), ("£", "before", "[$£]#,##0")):
            self.company.currency_id.write({"symbol": symbol, "position": position})
            snapshot = json.loads(self.boards["pipeline"].with_user(mona)._get_serialized_readonly_dashboard())[
                "snapshot"
            ]
            self.assertIn(written, snapshot["formats"].values())
            self.assertIn("dd/mm/yyyy", snapshot["formats"].values())
            self.assertNotIn("readerFormats", snapshot)

    def _served(self, user, board):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/spreadsheet/dashboard/data/{board.id}").json()

    def test_sample(self):
        """Who sees no lead yet is shown a sample; with the first lead that he may see, his own figures."""
        olga, otto, _aldo, mona = self.users
        self.env.cr.execute("DELETE FROM crm_lead")
        self.env.invalidate_all()
        for name, board in self.boards.items():
            served = self._served(mona, board)
            self.assertTrue(served["is_sample"], name)
            self.assertFalse(served["snapshot"]["pivots"], name)
        self.env["crm.lead"].create({"name": "first", "user_id": otto.id, "team_id": self.teams[0].id})
        self.assertTrue(self._served(olga, self.boards["pipeline"])["is_sample"])
        for user in (otto, mona):
            served = self._served(user, self.boards["pipeline"])
            self.assertNotIn("is_sample", served)
            self.assertTrue(served["snapshot"]["pivots"])

    def test_menu_opens_ours(self):
        """CRM > Reporting > Dashboards opens the first of ours, which every salesperson sees."""
        menu = self.env.ref("crm_reports.spreadsheet_dashboard_menu")
        self.assertEqual(menu.action.tag, "action_spreadsheet_dashboard")
        self.assertEqual(menu.action.params, {"dashboard_id": self.boards["pipeline"].id})


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestDashboardTours(DashboardCase, HttpCase):
    browser_size = "1440x900"

    def test_as_salesperson(self):
        """Each dashboard of a salesperson: no cell in error, no empty chart, what is clicked is what was counted."""
        self.start_tour("/odoo/crm", "crm_reports_dashboards_own", login="report_olga", timeout=240)

    def test_as_manager(self):
        """The same with all dashboards and all leads."""
        self.start_tour("/odoo/crm", "crm_reports_dashboards_all", login="report_mona", timeout=240)

    def test_sample(self):
        """A database without leads shows the samples, without an error."""
        self.env.cr.execute("DELETE FROM crm_lead")
        self.env.invalidate_all()
        self.start_tour("/odoo/crm", "crm_reports_dashboards_sample", login="report_mona", timeout=240)
