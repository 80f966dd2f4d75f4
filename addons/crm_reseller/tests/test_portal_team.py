from odoo import http
from odoo.tests import HttpCase, tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalTeam(PortalCase, HttpCase):
    """A partner manager's colleagues: who they are, what they have, and in which role they work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("pia", "paul", "pam", "rex"):
            cls.users[name].password = cls.users[name].login

    def as_user(self, name):
        self.authenticate(self.users[name].login, self.users[name].login)

    def change(self, name, role):
        data = {"csrf_token": http.Request.csrf_token(self), "role": role}
        return self.url_open(f"/my/pipeline/team/{self.users[name].partner_id.id}", data=data)

    def role_of(self, name):
        self.env.invalidate_all()
        return self.users[name].partner_id.reseller_role

    def test_page(self):
        """Those of his company who can log in, with role and open opportunities; won ones and others' don't count."""
        self._make_deal("Deal two of Paul", self.paul.partner_id)
        self._make_deal("Deal that Paul won", self.paul.partner_id, stage_id=self.won.id)
        self.env["res.partner"].create({"name": "Nobody's colleague", "parent_id": self.brussels.id})
        rows, unassigned = self.pia.partner_id.with_user(self.pia)._team_page()
        self.assertEqual(
            [(row["name"], row["role"], row["open"], row["is_me"], row["is_last"]) for row in rows],
            [("Pam", "", 0, False, False), ("Paul", "user", 2, False, False), ("Pia", "manager", 1, True, True)],
        )
        self.assertEqual(unassigned, 1)
        self.as_user("pia")
        text = self.url_open("/my/pipeline/team").text
        for words in ("Paul", "Pam", "Partner user", "No role"):
            self.assertIn(words, text)
        for words in ("Rex", "Nobody&#39;s colleague"):
            self.assertNotIn(words, text)
        self.assertIn("/my/pipeline/team", self.url_open("/my/pipeline").text)
        self.as_user("paul")
        self.assertNotIn("/my/pipeline/team", self.url_open("/my/pipeline").text)

    def test_change_a_role(self):
        """It holds at once, and is noted on the contact and his company."""
        self.as_user("pia")
        self.assertIn("Saved", self.change("paul", "manager").text)
        self.assertEqual(self.role_of("paul"), "manager")
        for contact in (self.paul.partner_id, self.brussels):
            note = contact.message_ids[0]
            self.assertIn("Pia changed the role of Paul in the portal: Partner user → Partner manager", note.body)
            self.assertEqual((note.author_id, note.subtype_id), (self.pia.partner_id, self.env.ref("mail.mt_note")))
        self.as_user("paul")
        self.assertIn("Deal of Pia", self.url_open("/my/pipeline").text)
        self.assertIn("Saved", self.change("pam", "user").text)
        self.assertEqual(self.role_of("pam"), "user")

    def test_somebody_stays_manager(self):
        """The last one can't step down; with another one he can, and has the page no more."""
        self.as_user("pia")
        self.assertIn("Somebody has to be partner manager", self.change("pia", "user").text)
        self.assertEqual(self.role_of("pia"), "manager")
        self.change("paul", "manager")
        self.assertTrue(self.change("pia", "user").url.endswith("/my/pipeline"))
        self.assertEqual(self.role_of("pia"), "user")
        self.assertEqual(self.url_open("/my/pipeline/team").status_code, 404)

    def test_an_archived_manager_does_not_count(self):
        """Who can log in no longer is not the manager that has to be left."""
        self.paul.partner_id.reseller_role = "manager"
        self.paul.active = False
        self.as_user("pia")
        self.assertIn("Somebody has to be partner manager", self.change("pia", "user").text)

    def test_no_other_role(self):
        """A role that there is not, and none, are refused."""
        self.as_user("pia")
        for role in ("", "admin", "x"):
            self.assertIn("choose a role", self.change("paul", role).text, role)
        self.assertEqual(self.role_of("paul"), "user")

    def test_queries(self):
        """As many queries with thirty colleagues as with three."""

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.pia.partner_id.with_user(self.pia)._team_page()
            return self.env.cr.sql_log_count - before

        few = (count(), count())[1]
        for number in range(27):
            self._make_reseller_user(f"more{number}", self.brussels)
        self.assertLessEqual((count(), count())[1], few)
