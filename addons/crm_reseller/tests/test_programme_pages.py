from odoo.tests import HttpCase, freeze_time, tagged

from .offer_common import NOW
from .programme_common import ProgrammeCase


@tagged("post_install", "-at_install")
class TestProgrammePages(ProgrammeCase, HttpCase):
    """The partner's page on the programme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.pia | cls.rex | cls.users["petra"] | cls.users["olga"]:
            user.password = user.login

    def page(self, user, path="/my/programme"):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        return self.url_open(path)

    def test_page(self):
        """His level, its benefits, what is left to the next; scripts in benefits are gone; nothing of others."""
        self.brussels.grade_id = self.silver
        self.win(self.pia.partner_id, 12000)
        self.win(self.brussels, 500)
        self.win(self.leeds, 77777)
        page = self.page(self.pia)
        self.assertEqual(page.status_code, 200)
        text = page.text.replace("\xa0", " ").replace('<span class="oe_currency_value">', "")
        for word in ("Silver", "A phone line", "12,500.00", "37,500.00", "8 deals", "until Gold", "A stand"):
            self.assertIn(word, text)
        for word in ("alert(1)", "77,777", "Leeds"):
            self.assertNotIn(word, text)
        self.assertIn("/my/programme", self.page(self.pia, "/my").text)

    def test_below(self):
        """Who is below his level reads what it asks for, and until when he keeps it."""
        self.brussels.grade_id = self.gold
        with freeze_time(NOW):
            values = self.Change._for_partner(self.brussels)
        self.assertIn("Gold asks for", values["kept"])
        self.assertIn("You keep your level until 05/09/2026", values["kept"])
        self.assertFalse(values["next"])

    def test_who_gets_in(self):
        """Partners only, and only while it is on; nobody's session leads to the login."""
        for user, expected in ((self.pia, 200), (self.rex, 200), (self.users["petra"], 404), (self.users["olga"], 404)):
            self.assertEqual(self.page(user).status_code, expected, user.login)
        self.company_a.reseller_levels = False
        self.assertEqual(self.page(self.pia).status_code, 404)
        self.assertNotIn("/my/programme", self.page(self.pia, "/my").text)
        self.logout()
        self.assertIn("/web/login", self.url_open("/my/programme").url)

    def test_level_without_rule(self):
        """A level given by hand shows its benefits, and no way to another one."""
        self.grade.reseller_benefits = "<p>By hand</p>"
        self.brussels.grade_id = self.grade
        text = self.page(self.pia).text
        self.assertIn("By hand", text)
        self.assertNotIn("progress-bar", text)
