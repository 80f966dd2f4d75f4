from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_reports.models.crm_view_mail_reading import CannotRead

from .view_mail_common import ViewMailCase


@tagged("post_install", "-at_install")
class TestViewMailReading(ViewMailCase):
    """What each recipient sees in it."""

    def totals(self, mail, name):
        return self.table_for(mail, name).total

    def test_own_rights(self):
        """The same view for four people: each gets the number and sum of the leads that he may read himself."""
        mail = self.view_mail(to=("olga", "lena", "aldo"))
        for name, worth in (("olga", None), ("lena", None), ("aldo", None)):
            seen = self.env["crm.lead"].with_user(self.users[name]).search(self.ours)
            worth = sum(seen.mapped("expected_revenue"))
            self.assertEqual(self.totals(mail, name), (len(seen), worth), name)
        numbers = {self.totals(mail, name) for name in ("olga", "lena", "aldo")}
        self.assertEqual(len(numbers), 3)

    def test_companies(self):
        """Who may enter two companies sees both; the mail's own companies narrow that; none of them is a sentence."""
        both = self.other_company_user()
        mail = self.view_mail(to=())
        self.assertEqual(mail._read(mail._env_of(both)).total[1], 54123)
        mail.company_ids = self.company_b
        self.assertEqual(mail._read(mail._env_of(both)).total[1], 50000)
        with self.assertRaisesRegex(CannotRead, "any company"):
            mail._env_of(self.users["olga"])

    def test_language(self):
        """Labels come in the reader's language."""
        self.env["res.lang"]._activate_lang("fr_FR")
        label = self.env["ir.model.fields"]._get("crm.lead", "team_id")
        label.with_context(lang="fr_FR").field_description = "Équipe"
        mail = self.view_mail()
        self.users["aldo"].lang = "fr_FR"
        self.assertEqual(self.table_for(mail, "aldo").heads, ("Équipe",))
        self.assertNotEqual(self.table_for(mail, "mona").heads, ("Équipe",))

    def test_columns_of_groups(self):
        """A pivot with grouped columns: its cells and totals equal what is counted by hand."""
        mail = self.view_mail(column_groups="company_id", measures="expected_revenue")
        table = self.table_for(mail, "mona")
        self.assertEqual([column.label for column in table.columns][-1:], ["Total · Expected Revenue"])
        by_label = {row.labels[0]: row.values for row in table.rows}
        self.assertEqual(by_label["North"][-1], 123)
        self.assertEqual(by_label["South"][-1], 4000)
        self.assertEqual(table.total[-1], sum(values[-1] for values in by_label.values()))

    def test_list(self):
        """An ungrouped list: its columns as text, numbers and days; the sum of what can be added up."""
        mail = self.view_mail(view_type="list", row_groups=False, columns="name,user_id,expected_revenue,tag_ids,type",
                              sort="expected_revenue desc")  # fmt: skip
        table = self.table_for(mail, "aldo")
        self.assertEqual(table.rows[0].values[:3], ("south_sara", "Sara", 4000))
        self.assertEqual(table.rows[0].values[4], "Opportunity")
        self.assertEqual(table.total, (None, None, 4123, None, None))

    def test_grouped_list(self):
        """A grouped list: its groups with their number and sums."""
        mail = self.view_mail(view_type="list", row_groups="team_id,user_id", columns="name,expected_revenue")
        table = self.table_for(mail, "mona")
        self.assertEqual(table.heads, ("Sales Team", "Salesperson"))
        self.assertIn((("North", "Olga"), (1, 100)), [(row.labels, row.values) for row in table.rows])

    def test_relative_days(self):
        """`today` and `context_today()` are the recipient's own day: late on Saturday UTC it is Sunday in Budapest."""
        self.set_now(datetime(2026, 3, 28, 23, 30))
        domain = "[('date_deadline', '=', context_today().strftime('%Y-%m-%d')), ('user_id', '=', uid)]"
        mail = self.view_mail(domain=domain, to=())
        known = mail._domain_for(mail._env_of(self.users["olga"]))
        self.assertEqual(known, [("date_deadline", "=", "2026-03-29"), ("user_id", "=", self.users["olga"].id)])
        known = mail._domain_for(mail._env_of(self.users["aldo"]))
        self.assertEqual(known[0], ("date_deadline", "=", "2026-03-28"))

    def test_gone_field(self):
        """A field, a measure, a model that is gone: one sentence that names it."""
        for vals in (
            {"row_groups": "x_gone"},
            {"measures": "x_gone"},
            {"domain": "[('x_gone', '=', 1)]"},
            {"domain": "[('partner_id.x_gone', '=', 1)]"},
        ):
            with self.assertRaisesRegex(CannotRead, "x_gone"):
                self.table_for(self.view_mail(**vals), "mona")
        rows = {"view_type": "list", "row_groups": False, "columns": "name"}
        for vals in ({**rows, "columns": "name,x_gone"}, {**rows, "sort": "x_gone desc"}):
            with self.assertRaisesRegex(CannotRead, "x_gone"):
                self.table_for(self.view_mail(**vals), "mona")
        with self.assertRaisesRegex(CannotRead, "filter"):
            self.table_for(self.view_mail(domain="[('name', 'no such operator', 1)]"), "mona")
        mail = self.view_mail()
        self.env.cr.execute("UPDATE crm_view_mail SET res_model = 'x.gone' WHERE id = %s", [mail.id])
        mail.invalidate_recordset()
        with self.assertRaisesRegex(CannotRead, "x.gone"):
            self.table_for(mail, "mona")

    def test_gone_property(self):
        """A property of the team that was removed: a sentence, not an empty column."""
        self.north.lead_properties_definition = [{"name": "aa", "type": "selection", "string": "Size",
                                                  "selection": [["s", "Small"], ["l", "Large"]]}]  # fmt: skip
        self.leads["north_olga"].lead_properties = {"aa": "l"}
        mail = self.view_mail(row_groups="lead_properties.aa")
        labels = [row.labels for row in self.table_for(mail, "mona").rows]
        self.assertIn(("Large",), labels)
        self.north.lead_properties_definition = []
        with self.assertRaisesRegex(CannotRead, "lead_properties.aa"):
            self.table_for(mail, "mona")

    def test_no_right(self):
        """One who may not read the model, or a field of it, gets a sentence."""
        mail = self.view_mail(to=("olga",))
        self.users["olga"].group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        with self.assertRaisesRegex(CannotRead, "no longer read"):
            self.table_for(mail, "olga")
        config = self.view_mail(res_model="res.users", domain="[]", row_groups="share", measures="__count")
        config.row_groups = "totp_secret"
        with self.assertRaises(CannotRead):
            self.table_for(config, "mona")

    def test_graph_dates(self):
        """A chart by month shows months without leads too, as the graph view does."""
        self.leads["north_olga"].date_deadline = "2026-01-15"
        self.leads["north_otto"].date_deadline = "2026-03-15"
        domain = str([*self.ours, ("date_deadline", "!=", False)])
        mail = self.view_mail(view_type="graph", row_groups="date_deadline:month", domain=domain)
        self.assertEqual([row.values[0] for row in self.table_for(mail, "mona").rows], [1, 0, 1])

    def test_currencies(self):
        """Money of one currency is shown in it; of two it is added up in the company's, by the rates."""
        foreign = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("id", "!=", self.company_a.currency_id.id)], limit=1)
        )
        foreign.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", foreign.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "rate": 2.0, "company_id": self.company_a.id, "name": "2020-01-01"}
        )
        self.company_b.currency_id = foreign
        both = self.other_company_user()
        mail = self.view_mail(to=(), measures="expected_revenue")
        mail.company_ids = self.company_b
        only = mail._read(mail._env_of(both))
        self.assertEqual((only.total[0], only.columns[0].currency), (50000, foreign.id))
        mail.company_ids = False
        mixed = mail._read(mail._env_of(both))
        self.assertEqual(mixed.columns[0].currency, self.company_a.currency_id.id)
        self.assertAlmostEqual(mixed.total[0], 4123 + 25000, places=2)
