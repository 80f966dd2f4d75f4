from datetime import datetime

from odoo.tests import new_test_user, tagged

from ..ml.table import CATEGORY, NUMBER, TAGS
from .features_common import ARRIVAL, FeaturesCase


@tagged("post_install", "-at_install")
class TestFeaturesOfFields(FeaturesCase):
    """What is learned from of the lead's own fields, and what the administrator says of it."""

    def test_ids_texts_and_amounts(self):
        """Ids are categories as they are; texts are the same whatever their case and blanks."""
        country = self.env.ref("base.hu")
        lead = self.lead(country_id=country.id, city=" Pécs ", expected_revenue=1200, company_size=False)
        same = self.lead(city="pécs", expected_revenue=0)
        table = self.now(lead | same)
        self.assertColumn(table, "country_id", [country.id, None])
        self.assertColumn(table, "expected_revenue", [1200, 0])
        self.assertColumn(table, "team_id", [self.team.id] * 2)
        self.assertColumn(table, "stage_id", [self.first.id] * 2)
        one, other = self.column(table, "city")
        self.assertEqual(one, other)
        self.assertIsNotNone(one)

    def test_filled(self):
        """That something was filled in is a flag; the length of the description is a number."""
        lead = self.lead(phone="+36 1 234 5678", website="", function="Buyer", description="<p>12345</p>")
        table = self.now(lead)
        for name, expected in (("phone", 1), ("website", 0), ("function", 1)):
            self.assertColumn(table, f"has.{name}", [expected])
        self.assertColumn(table, "length.description", [len("<p>12345</p>")])

    def test_email(self):
        """Company or mailbox provider, and the domain."""
        leads = self.Lead
        for email in ("a@company.example.com", "b@gmail.com", "c@GMAIL.com", False):
            leads |= self.lead(email_from=email)
        table = self.now(leads)
        self.assertColumn(table, "email.is_company", [1, 0, 0, None])
        company, one, other, none = self.column(table, "email.domain")
        self.assertEqual((one, none), (other, None))
        self.assertNotEqual(company, one)

    def test_arrival(self):
        """Hour and day of the week in UTC; the expected closing counts in days from the arrival."""
        lead = self.lead(datetime(2026, 3, 8, 23, 30), date_deadline="2026-03-19")  # a Sunday
        table = self.now(lead)
        self.assertColumn(table, "arrival.hour", [23])
        self.assertColumn(table, "arrival.weekday", [6])
        self.assertColumn(table, "date_deadline", [round(10 + 0.5 / 24, 4)])

    def test_empty_lead(self):
        """A lead with nothing in it has a row in which everything is unknown, nothing fails."""
        self.env.cr.execute("INSERT INTO crm_lead (name, type, active) VALUES ('x', 'lead', true) RETURNING id")
        lead = self.Lead.browse(self.env.cr.fetchone())
        table = self.now(lead)
        self.assertEqual(len(table), 1)
        for feature in table.features:
            if feature.name.startswith(("count.", "days.", "hours.", "arrival.", "flag.")):
                self.assertColumn(table, feature.name, [None])
            elif feature.kind == TAGS:
                self.assertColumn(table, feature.name, [set()])

    def test_future_dates(self):
        """A lead from the future has no age yet."""
        lead = self.lead(datetime(2031, 1, 1), date_deadline="9999-12-31")
        table = self.now(lead)
        self.assertColumn(table, "days.age", [0])
        self.assertGreater(self.column(table, "date_deadline")[0], 2_000_000)

    def test_left_out_and_taken_in(self):
        """By name of field or property; what can't be learned from is passed over, for this company only."""
        self.define(self.team, ("budget", "integer", {}), ("until", "date", {}))
        self.env["crm.scoring.field"].create(
            [
                {"name": name, "use": use, "company_id": self.company.id}
                for name, use in (
                    ("country_id", "leave_out"),
                    ("partner_id", "leave_out"),
                    ("budget", "leave_out"),
                    ("until", "leave_out"),
                    ("count.note", "leave_out"),
                    ("user_id", "take_in"),
                    ("street", "take_in"),
                    ("won_status", "take_in"),
                    ("user_company_ids", "take_in"),
                    ("lead_properties", "take_in"),
                    ("no such field", "take_in"),
                )
            ]
        )
        names = {feature.name for feature in self.features()}
        self.assertLessEqual({"user_id", "street", "state_id"}, names)
        gone = {"country_id", "has.partner_id", "property.budget", "property.until.days", "count.note"}
        self.assertFalse(names & (gone | {"won_status", "user_company_ids", "lead_properties", "no such field"}))
        elsewhere = {feature.name for feature in self.Lead._score_features(self.env.ref("base.main_company"))}
        self.assertIn("country_id", elsewhere)
        self.assertNotIn("user_id", elsewhere)
        user = new_test_user(self.env, "scored", "sales_team.group_sale_salesman", company_id=self.company.id,
                             company_ids=self.company.ids)  # fmt: skip
        table = self.now(self.lead(user_id=user.id, street="Main Road"))
        self.assertColumn(table, "user_id", [user.id])
        self.assertIsNotNone(self.column(table, "street")[0])

    def test_as_it_stands(self):
        """What the log keeps is marked as such, unless there are leads that are older than it."""
        self.lead()
        self.begin_log("1990-01-01 00:00:00")
        stands = {feature.name: feature.as_it_stands for feature in self.features()}
        self.assertTrue(stands["country_id"])
        self.assertFalse(any(stands[name] for name in ("team_id", "tag_ids", "expected_revenue", "count.note")))
        self.begin_log(f"{ARRIVAL.year}-12-31 00:00:00", past_told="1")
        stands = {feature.name: feature.as_it_stands for feature in self.features()}
        self.assertFalse(stands["team_id"])
        self.assertTrue(stands["tag_ids"])
        self.begin_log(f"{ARRIVAL.year}-12-31 00:00:00")
        stands = {feature.name: feature.as_it_stands for feature in self.features()}
        self.assertTrue(stands["team_id"])
        self.assertFalse(stands["stage_id"])


@tagged("post_install", "-at_install")
class TestFeaturesOfCustomFields(FeaturesCase):
    """Apart from the others, because the fields are there until the class ends."""

    def test_custom_fields(self):
        """Fields that an administrator made are taken by themselves; one that is gone is unknown."""
        model = self.env["ir.model"]._get("crm.lead").id
        custom = self.env["ir.model.fields"].create(
            [
                {"model_id": model, "name": f"x_{of_type}", "field_description": of_type, "ttype": of_type}
                for of_type in ("char", "integer", "boolean", "float")
            ]
        )
        lead = self.lead(x_char="Blue", x_integer=7, x_boolean=True, x_float=0.5)
        features = self.features(*custom.mapped("name"))
        self.assertEqual({feature.kind for feature in features}, {CATEGORY, NUMBER})
        self.assertTrue(all(feature.as_it_stands for feature in features))
        table = self.now(lead)
        for name, expected in (("x_integer", 7), ("x_boolean", 1), ("x_float", 0.5)):
            self.assertColumn(table, name, [expected])
        self.env.flush_all()
        self.env["ir.model.fields"].search([("name", "=", "x_integer"), ("model", "=", "crm.lead")]).unlink()
        table = self.Lead._score_table(lead.ids, features)
        self.assertColumn(table, "x_integer", [None])
        self.assertColumn(table, "x_float", [0.5])
