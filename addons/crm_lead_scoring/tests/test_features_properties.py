from datetime import datetime

from odoo.tests import tagged

from ..ml.table import CATEGORY, NUMBER, Feature
from .features_common import FeaturesCase

WHEN = datetime(2026, 3, 2)
EVERY = (
    *(("text", "char"), ("choice", "selection"), ("one", "many2one"), ("yes", "boolean"), ("whole", "integer")),
    *(("part", "float"), ("day", "date"), ("moment", "datetime"), ("labels", "tags"), ("many", "many2many")),
)


@tagged("post_install", "-at_install")
class TestFeaturesOfProperties(FeaturesCase):
    """Properties of all types, and of none any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rest = {
            "selection": {"selection": [["a", "A"], ["b", "B"]]},
            "tags": {"tags": [["x", "X", 1], ["y", "Y", 2]]},
            "many2one": {"comodel": "res.partner"},
            "many2many": {"comodel": "res.partner"},
        }
        cls.define(cls, cls.team, *((name, of_type, rest.get(of_type, {})) for name, of_type in EVERY))

    def test_in_words(self):
        """Why a lead has its score names each property's value as the form shows it; nothing known is unknown."""
        partners = self.env["res.partner"].create([{"name": "Anna"}, {"name": "Bea"}])
        lead = self.lead(WHEN)

        def words():
            return {name: lead._score_property_value(name) for name, _type in EVERY}

        self.assertEqual(set(words().values()), {"unknown", "no"})
        lead.lead_properties = {
            "text": "Hello",
            "choice": "a",
            "one": partners[0].id,
            "yes": True,
            "whole": 1200,
            "part": 0.25,
            "day": "2026-03-01",
            "moment": "2026-03-01 12:00:00",
            "labels": ["x", "y"],
            "many": partners.ids,
        }
        found = words()
        self.assertEqual(found.pop("moment")[:10], "03/01/2026")
        self.assertEqual(
            found,
            {
                "text": "Hello",
                "choice": "A",
                "one": "Anna",
                "yes": "yes",
                "whole": "1200",
                "part": "0.25",
                "day": "03/01/2026",
                "labels": "X, Y",
                "many": "Anna, Bea",
            },
        )

    def test_every_type(self):
        """Each type is read as what it is."""
        partner = self.env["res.partner"].create({"name": "Partner"})
        lead = self.lead(WHEN)
        lead.lead_properties = {
            "text": "Hello ",
            "choice": "a",
            "one": partner.id,
            "yes": True,
            "whole": 42,
            "part": 0.25,
            "day": "2026-03-12",
            "moment": "2026-03-03 12:00:00",
            "labels": ["x", "y"],
            "many": partner.ids,
        }
        same = self.lead(WHEN)
        same.lead_properties = {"text": "hello"}
        table = self.now(lead | same)
        for name, expected in (("one", partner.id), ("yes", 1), ("whole", 42), ("part", 0.25)):
            with self.subTest(name=name):
                self.assertEqual(self.column(table, f"property.{name}")[0], expected)
        self.assertColumn(table, "property.day.days", [10, None])
        self.assertColumn(table, "property.moment.days", [1, None])
        self.assertColumn(table, "property.many", [{partner.id}, set()])
        self.assertEqual(len(self.column(table, "property.labels")[0]), 2)
        one, other = self.column(table, "property.text")
        self.assertEqual(one, other)
        self.assertIsNotNone(self.column(table, "property.choice")[0])

    def test_nothing_fits(self):
        """Whatever the database holds, nothing fails, and what does not fit is unknown."""
        wrong = (
            "text",
            "",
            10**25,
            -1.5,
            True,
            False,
            None,
            [],
            ["x", 3, None, {}],
            {"a": 1},
            "2026-99-99",
            "abcd-ef-gh",
            "2026-1a-01",
            "2026/01/01",
            "２０２６-01-01",
            "0",
        )
        features = self.features()
        leads = self.Lead
        for value in wrong:
            lead = self.lead(WHEN)
            self.store(lead, **{name: value for name, _type in EVERY})
            leads |= lead
        lead = self.lead(WHEN)
        self.env.cr.execute("UPDATE crm_lead SET lead_properties = '[1]' WHERE id = %s", (lead.id,))
        self.env.cr.execute(
            """UPDATE crm_lead SET lead_properties = '{"part": 1e400, "whole": 1e-400, "one": 1e400}' WHERE id = %s""",
            (leads[0].id,),
        )
        self.env.invalidate_all()
        table = self.Lead._score_table((leads | lead).ids, features)
        self.assertColumn(table, "property.part", [None, None, None, -1.5, *[None] * 13])
        self.assertColumn(table, "property.yes", [None, None, None, None, 1, 0, *[None] * 11])
        self.assertColumn(table, "property.day.days", [None] * 17)
        self.assertEqual([len(tags) for tags in self.column(table, "property.labels")], [0] * 8 + [2] + [0] * 8)

    def test_deleted_and_retyped(self):
        """A property that is gone is no feature any more; one of another type reads only what fits it."""
        lead = self.lead(WHEN)
        self.store(lead, whole=42, part="a lot")
        before = self.features("property.whole", "property.part")
        self.define(self.team, ("part", "char", {}))
        self.assertFalse(self.features("property.whole"))
        (part,) = self.features("property.part")
        self.assertEqual(part.kind, CATEGORY)
        self.assertColumn(self.Lead._score_table(lead.ids, before), "property.part", [None])
        self.assertIsNotNone(self.column(self.Lead._score_table(lead.ids, (part,)), "property.part")[0])

    def test_one_name_in_two_teams(self):
        """Of two teams' properties of one name the first counts, leads of the other are unknown."""
        self.define(self.other_team, ("whole", "char", {}))
        (feature,) = self.features("property.whole")
        self.assertEqual(feature, Feature("property.whole", NUMBER, as_it_stands=True))
        lead = self.lead(team_id=self.other_team.id)
        self.store(lead, whole="many")
        self.assertColumn(self.now(lead), "property.whole", [None])
