from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rule_common import RuleCase

MODELS = "odoo.addons.crm_lead_scoring.models"
SEEN = {  # person -> whose lead's points he sees
    "olga": {"north_olga", "north_nobody", "south_nobody", "nobody"},
    "lena": {"north_olga", "north_otto", "north_nobody", "south_nobody", "nobody"},
    "aldo": {"north_olga", "north_otto", "north_nobody", "south_sara", "south_nobody", "nobody"},
    "mona": {"north_olga", "north_otto", "north_nobody", "south_sara", "south_nobody", "nobody"},
    "fred": {"far_fred", "far_nobody", "nobody"},
}


@tagged("post_install", "-at_install")
class TestRuleSecurity(RuleCase):
    """Who sees points and rules, and that nobody but the engine writes points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.common = cls.Rule.create({"name": "everywhere", "filter_domain": "[('name', '!=', False)]", "points": 1})
        cls.of_b = cls.Rule.create({"name": "b", "points": 2, "company_id": cls.company_b.id})
        cls.env["crm.lead"]._score_soon([lead.id for lead in cls.leads.values()])
        cls.settle()

    def test_points_through_leads(self):
        """Everybody sees the points of those leads that he sees, by search and by number, and of no other."""
        lines = self.env["crm.lead.rule.line"].search([("name", "=", "everywhere")])
        self.assertEqual(set(lines.lead_id.mapped("name")) & set(self.leads), set(self.leads))
        for person, expected in SEEN.items():
            with self.subTest(person):
                own = lines.with_user(self.users[person])
                found = own.search([("id", "in", lines.ids)])
                self.assertEqual({line.sudo().lead_id.name for line in found} & set(self.leads), self.seen_by(person))
                if person != "olga":
                    self.assertEqual(self.seen_by(person), expected)
                self.assertEqual(own._filtered_access("read"), found)
                self.assertEqual(
                    sum(count for _p, count in own._read_group([("id", "in", lines.ids)], ["points"], ["__count"])),
                    len(found),
                )

    def test_menus(self):
        """Under Leads Management managers find the rules and the learned score, also where qualification is off;
        salespersons and leaders don't."""
        names = ("crm_scoring_rule_menu", "crm_scoring_model_menu")
        menus = [self.env.ref(f"crm_lead_scoring.{name}") for name in names]
        self.env.ref("base.group_user").implied_ids -= self.env.ref("crm.group_use_lead")
        for person, expected in (("mona", True), ("aldo", False), ("lena", False), ("olga", False)):
            with self.subTest(person):
                shown = self.env["ir.ui.menu"].with_user(self.users[person])._visible_menu_ids()
                self.assertEqual([menu.id in shown for menu in menus], [expected, expected])

    def test_hidden_points(self):
        """Reading points of a lead that one may not see is refused, also when their number is known."""
        line = self.leads["south_sara"].rule_line_ids[:1].with_user(self.users["olga"])
        self.assertTrue(line.sudo().points)
        line.invalidate_recordset()
        with self.assertRaises(AccessError):
            line.read(["points"])

    def test_salesperson_reads_names_not_rules(self):
        """A salesperson reads what gave points, not the rules themselves."""
        lead = self.lead.with_user(self.users["olga"])
        self.assertEqual(lead.rule_line_ids.read(["name", "points"])[0]["name"], "everywhere")
        with self.assertRaises(AccessError):
            lead.rule_line_ids.read(["rule_id"])
        with self.assertRaises(AccessError):
            self.common.with_user(self.users["olga"]).read(["name"])

    def test_rules(self):
        """Only managers have rules and try them, those of their companies."""
        for person in ("olga", "lena", "aldo", "petra"):
            rules = self.common.with_user(self.users[person])
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(rules.has_access(operation), (person, operation))
            for model in ("crm.scoring.rule.trial", "crm.ready.trial"):
                self.assertFalse(self.env[model].with_user(self.users[person]).has_access("create"), (person, model))
            with self.assertRaises(AccessError):
                rules.action_try()
        manager = self.Rule.with_user(self.users["mona"])
        self.assertEqual(manager.search([]), self.common)
        manager.create({"name": "mine", "filter_domain": "[('city', '=', 'Rome')]"}).unlink()
        self.assertFalse(self.of_b.with_user(self.users["mona"]).has_access("read"))

    def test_filter_on_what_its_author_may_not_read(self):
        """Points would tell what a field holds that the manager may not read: the filter is refused."""
        self.patch(self.env["crm.lead"]._fields["referred"], "groups", "base.group_system")
        rules = self.Rule.with_user(self.users["mona"])
        with self.assertRaises(AccessError):
            rules.create({"name": "secret", "filter_domain": "[('referred', 'like', 'a')]"})
        rule = rules.create({"name": "open", "filter_domain": "[('city', 'like', 'a')]"})
        with self.assertRaises(AccessError):
            rule.filter_domain = "[('referred', 'like', 'a')]"
        with self.assertRaises(ValidationError), mute_logger(f"{MODELS}.crm_scoring_rule_in_force"):
            rule.filter_domain = "[('x_unknown', 'like', 'a')]"

    def test_nobody_writes_points(self):
        """Neither a manager nor the system changes lines or points by hand."""
        line = self.lead.rule_line_ids[:1]
        for user in (self.users["olga"], self.users["mona"], self.env.user):
            for call in (
                lambda line: line.write({"points": 100}),
                lambda line: line.unlink(),
                lambda line: line.create({"lead_id": self.lead.id, "rule_id": self.common.id}),
            ):
                with self.assertRaises(AccessError):
                    call(line.with_user(user))

    def test_portal_and_public(self):
        """Outsiders see neither points nor rules."""
        for user in (self.users["petra"], self.env.ref("base.public_user")):
            for model in ("crm.lead.rule.line", "crm.scoring.rule", "crm.scoring.rule.trial", "crm.ready.trial"):
                self.assertFalse(self.env[model].with_user(user).has_access("read"), (user.login, model))

    def test_two_companies(self):
        """A company's rule gives points to that company's leads only."""
        found = self.env["crm.lead.rule.line"].search([("name", "=", "b")]).lead_id
        self.assertEqual(found, self.leads["far_fred"] + self.leads["far_nobody"])
