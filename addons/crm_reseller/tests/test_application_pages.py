from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_http import IrHttp

from .application_common import ENTRIES, ApplicationCase

PATH = "/partners/apply"


@tagged("post_install", "-at_install")
class TestApplicationPages(ApplicationCase, HttpCase):
    """The public page, as anybody on the internet reaches it."""

    def send(self, **data):
        page = self.url_open(PATH).text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(PATH, data={"csrf_token": token, **data})

    def test_link_from_the_partners(self):
        """The page of the partners leads to it, as long as applications are on."""
        self.assertIn('href="/partners/apply"', self.url_open("/partners").text)
        self.company_a.reseller_applications = False
        self.assertNotIn("/partners/apply", self.url_open("/partners").text)

    def count(self):
        self.env.invalidate_all()
        return self.Application.search_count([])

    def test_apply(self):
        """Sent, thanked for, stored once; whoever is known already reads the same page."""
        self.brussels.email = "oda@otter.example.com"
        before = self.count()
        known, unknown = self.send(**ENTRIES), self.send(**{**ENTRIES, "name": "Nobody", "email": "n@new.example.com"})
        self.assertEqual(self.count(), before + 2)
        self.assertTrue(known.url.endswith(f"{PATH}/thanks"))
        self.assertEqual((known.status_code, known.url), (unknown.status_code, unknown.url))
        for word in ("Brussels", "Leeds", "known"):
            self.assertNotIn(word, known.text)

    def test_wrong(self):
        """What is wrong is said beside its field; what was entered comes back as text, never as markup."""
        page = self.send(**{**ENTRIES, "email": "no", "name": '"><script>alert(1)</script>'})
        self.assertIn("Please enter one e-mail address", page.text)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertIn("We sell pumps in Ghent.", page.text)
        huge = self.send(**{**ENTRIES, "email": "no", "why": "y" * 300000})
        self.assertLess(huge.text.count("y"), 30000)

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_guards(self):
        """Without the page's token, or where the captcha says no, nothing is stored; people are told in words."""
        before = self.count()
        self.assertEqual(self.url_open(PATH, data=ENTRIES).status_code, 400)
        asked = []

        def verify(_self, action):
            asked.append(action)
            raise UserError("Suspicious activity detected.")

        with patch.object(IrHttp, "_verify_request_recaptcha_token", verify):
            page = self.send(**ENTRIES)
        self.assertEqual(asked, ["crm_reseller_apply"])
        self.assertNotIn("Traceback", page.text)
        self.assertNotEqual(page.url, f"{PATH}/thanks")
        self.assertEqual(self.send(**{**ENTRIES, "company_fax": "x"}).status_code, 200)
        self.assertEqual(self.count(), before)

    def test_off(self):
        self.company_a.reseller_applications = False
        self.env.flush_all()
        for path in (PATH, f"{PATH}/thanks"):
            self.assertEqual(self.url_open(path).status_code, 404)
