from contextlib import suppress

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .test_lookalike import LookalikeCase

FIELDS = ("has_lookalike", "lookalike_lead_id", "lookalike_user_id")


@tagged("post_install", "-at_install")
class TestLookalikeBanner(LookalikeCase):
    """Who sees what of the lead that another one looks like, and may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("crm_assignment.lookalikes_marked", True)
        cls.own, cls.other, cls.all, cls.manager, cls.portal = (
            new_test_user(cls.env, login=f"alike_{name}", name=name.capitalize(), groups=groups)
            for name, groups in (
                ("own", "sales_team.group_sale_salesman"),
                ("other", "sales_team.group_sale_salesman"),
                ("all", "sales_team.group_sale_salesman_all_leads"),
                ("manager", "sales_team.group_sale_manager"),
                ("portal", "base.group_portal"),
            )
        )
        values = {"type": "opportunity", "email_from": "ann@kiwi-mill.test"}
        cls.mine, cls.theirs = cls.Lead.create(
            [
                {**values, "name": "Mine", "user_id": cls.own.id},
                {**values, "name": "Secret Mill", "user_id": cls.other.id},
            ]
        )
        cls.mine.lookalike_of_id = cls.theirs

    def _seen(self, user, lead=None):
        return (lead or self.mine).with_user(user).read(FIELDS)[0]

    def test_readable(self):
        """Who may read the other lead sees its name and salesperson."""
        for user in (self.all, self.manager):
            with self.subTest(user=user.login):
                seen = self._seen(user)
                self.assertTrue(seen["has_lookalike"])
                self.assertEqual(seen["lookalike_lead_id"], (self.theirs.id, "Secret Mill"))
                self.assertEqual(seen["lookalike_user_id"][0], self.other.id)

    def test_not_readable(self):
        """Who may not read it sees that there is one, neither its name nor whose it is, whatever he asks."""
        self.assertEqual(
            self._seen(self.own),
            {"id": self.mine.id, "has_lookalike": True, "lookalike_lead_id": False, "lookalike_user_id": False},
        )
        mine = self.mine.with_user(self.own)
        with self.assertRaises(AccessError):
            mine.read(["lookalike_of_id"])
        with self.assertRaises(AccessError):
            mine.search([("lookalike_of_id.name", "ilike", "secret")])
        with self.assertRaises(AccessError):
            mine.write({"lookalike_of_id": False})
        self.assertNotIn("lookalike_of_id", mine.fields_get())
        self.assertNotIn("Secret", str(mine.web_read({"display_name": {}, "lookalike_lead_id": {"fields": {}}})))

    def test_own_or_unassigned(self):
        """His own and unassigned leads he reads; of an unassigned one there is no salesperson to tell."""
        self.theirs.user_id = False
        seen = self._seen(self.own)
        self.assertEqual(seen["lookalike_lead_id"][0], self.theirs.id)
        self.assertFalse(seen["lookalike_user_id"])

    def test_other_company(self):
        """A manager of one company does not see the name of another company's lead."""
        company = self.env["res.company"].create({"name": "Other"})
        theirs = self.Lead.create({"name": "Far", "team_id": False, "user_id": False, "company_id": company.id})
        self.mine.company_id = False
        self.mine.lookalike_of_id = theirs
        seen = self._seen(self.manager)
        self.assertTrue(seen["has_lookalike"])
        self.assertFalse(seen["lookalike_lead_id"])

    def test_portal(self):
        """Portal users reach none of it."""
        mine = self.mine.with_user(self.portal)
        for call in (
            lambda: mine.read(FIELDS),
            mine.action_compare_lookalike,
            mine.action_not_lookalike,
        ):
            with self.assertRaises(AccessError):
                call()
        with suppress(AccessError):  # where an app lets resellers read leads of theirs, there is none to find
            self.assertFalse(mine.search([("has_lookalike", "=", True)]))
        self.assertEqual(self.mine.lookalike_of_id, self.theirs)

    def test_filter(self):
        """The filter finds his leads that look like another, and none of those that he may not read."""
        self.theirs.lookalike_of_id = self.mine
        found = self.Lead.with_user(self.own).search([("has_lookalike", "=", True)])
        self.assertEqual(found, self.mine)
        both = self.mine | self.theirs
        domain = [("id", "in", both.ids), ("has_lookalike", "=", False)]
        self.assertFalse(self.Lead.with_user(self.manager).search(domain))
        self.theirs.lookalike_of_id = False
        self.assertEqual(self.Lead.with_user(self.manager).search(domain), self.theirs)

    def test_compare(self):
        """Compare opens Odoo's dialog with both leads; nothing is merged before he says so."""
        action = self.mine.with_user(self.manager).action_compare_lookalike()
        self.assertEqual(action["res_model"], "crm.merge.opportunity")
        wizard = self.env["crm.merge.opportunity"].with_user(self.manager).with_context(action["context"]).create({})
        self.assertEqual(wizard.opportunity_ids, self.mine | self.theirs)
        self.assertEqual((self.mine | self.theirs).exists(), self.mine | self.theirs)
        wizard.action_merge()
        self.assertEqual(len((self.mine | self.theirs).exists()), 1)

    def test_compare_refused(self):
        """He can't compare with a lead that he may not read."""
        with self.assertRaises(AccessError):
            self.mine.with_user(self.own).action_compare_lookalike()

    def test_compare_won(self):
        """A won opportunity can't be merged: Compare opens it."""
        self.theirs.action_set_won()
        action = self.mine.with_user(self.manager).action_compare_lookalike()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", self.theirs.id))

    def test_not_the_same(self):
        """The salesperson clears it, even where he may not read the other; the note gives no name away."""
        mine = self.mine.with_user(self.own)
        mine.action_not_lookalike()
        self.assertFalse(self.mine.lookalike_of_id)
        note = self.mine.message_ids[0]
        self.assertEqual(note.author_id, self.own.partner_id)
        self.assertIn(f"lead {self.theirs.id}", note.body)
        self.assertNotIn("Secret", note.body)
        self.assertFalse(mine.has_lookalike)

    def test_not_the_same_refused(self):
        """A salesperson can't clear it on a lead that is not his."""
        self.theirs.lookalike_of_id = self.mine
        with self.assertRaises(AccessError):
            self.theirs.with_user(self.own).action_not_lookalike()

    def test_form(self):
        """The form opens for each of them."""
        for user in (self.own, self.all, self.manager):
            with self.subTest(user=user.login):
                self.assertTrue(Form(self.mine.with_user(user)).has_lookalike)
