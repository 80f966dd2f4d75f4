from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .application_common import ENTRIES, ApplicationCase


@tagged("post_install", "-at_install")
class TestApplications(ApplicationCase):
    """Applications from strangers: taken in, compared, decided."""

    def test_taken_in(self):
        """Normalised, in the company's name, of existing records only; no mail goes out before a person decides."""
        industry = self.env["res.partner.industry"].create({"name": "Pumps"})
        lang = self.env["res.lang"].search([], limit=1)
        application = self.apply(
            industry_id=str(industry.id), country_id="999999999", languages=[str(lang.id), "999999", "x"]
        )
        self.assertRecordValues(
            application,
            [
                {
                    "email": "oda@otter.example.com",
                    "website": "https://www.otter.example.com",
                    "industry_id": industry.id,
                    "country_id": False,
                    "lang_ids": lang.ids,
                    "company_id": self.company_a.id,
                    "state": "new",
                }
            ],
        )
        self.assertFalse(self.mails_of(application))

    def test_hostile(self):
        """Markup stays text, line breaks go, other fields of the model are not reached; what is wrong is said."""
        application = self.apply(
            name="<img src=x onerror=alert(1)>\r\nBcc: all@example.com",
            contact_name="<script>alert(1)</script>",
            why="x" * 100000,
            state="approved",
            partner_id=str(self.brussels.id),
            grade_id=str(self.grade.id),
            company_id=str(self.company_b.id),
        )
        self.assertNotIn("\n", application.name)
        self.assertEqual(len(application.why), 2000)
        self.assertRecordValues(
            application,
            [{"state": "new", "partner_id": False, "grade_id": False, "company_id": self.company_a.id}],
        )
        application.grade_id = self.grade
        self.as_cora(application).action_approve()
        mail = self.mails_of(application)
        self.assertIn("&lt;script&gt;", mail.body_html)
        self.assertNotIn("<script>", mail.body_html)
        self.assertEqual(mail.email_to, "oda@otter.example.com")
        self.assertNotIn("Bcc", mail.subject)
        for email in ("", "a@b.example, c@d.example", "Oda <x>", "x@y\nBcc: z@y.example", "a" * 500):
            errors = self.Application._take_in(self.company_a, {**ENTRIES, "email": email}, [], "192.0.2.9")
            self.assertEqual(list(errors), ["email"], email)

    def test_limits(self):
        """Five a day from one address, a hundred a day in all; robots are told what people are told."""
        for _number in range(5):
            self.apply()
        self.assertEqual(list(self.Application._take_in(self.company_a, ENTRIES, [], "192.0.2.1")), ["form"])
        for number in range(95):
            self.apply(address=f"198.51.100.{number}")
        self.assertEqual(list(self.Application._take_in(self.company_a, ENTRIES, [], "203.0.113.7")), ["form"])
        before = self.Application.search_count([])
        robot = {**ENTRIES, "company_fax": "1"}
        self.assertEqual(self.Application._take_in(self.company_a, robot, [], "203.0.113.8"), {})
        self.assertEqual(self.Application.search_count([]), before)
        told = self.env["mail.message"].search_count(
            [("model", "=", self.Application._name), ("partner_ids", "=", self.cora.partner_id.id)]
        )
        self.assertEqual(told, 1, "one word to the manager, not a hundred")

    def test_known(self):
        """The channel manager sees who looks the same, of his company alone; whoever applies reads the same words."""
        self.leeds.website = "https://otter.example.com"
        other = self._make_reseller("Otter Trade", "be", 0, 0, company_id=self.company_b.id)
        self.apply()
        application = self.apply()
        seen = self.as_cora(application)
        self.assertEqual(seen.similar_partner_ids, self.leeds)
        self.assertIn("Customer Leeds (Internet Domain)", seen.known_words)
        self.assertIn("1 other applications", seen.known_words)
        self.assertNotIn(other, seen.similar_partner_ids)

    def test_approve_new(self):
        """A new company with its contact, level and languages, and an invitation; then nothing more to decide."""
        lang = self.env["res.lang"].search([], limit=1)
        application = self.apply(languages=[str(lang.id)])
        with self.assertRaisesRegex(UserError, "which level"):
            self.as_cora(application).action_approve()
        self.as_cora(application).grade_id = self.grade
        self.as_cora(application).action_approve()
        partner = application.partner_id
        self.assertRecordValues(
            partner, [{"name": "Otter Trade", "is_company": True, "grade_id": self.grade.id, "partner_weight": 10}]
        )
        self.assertEqual(partner.reseller_lang_ids, lang)
        user = partner.child_ids.user_ids
        self.assertEqual(
            (user.login, user._is_portal(), user.company_id), ("oda@otter.example.com", True, self.company_a)
        )
        self.assertEqual(application.decided_by_id, self.cora)
        self.assertIn("Gold of the test", self.mails_of(application).body_html)
        for attempt in (self.as_cora(application).action_approve, self.as_cora(application).action_refuse):
            with self.assertRaisesRegex(UserError, "decided already"):
                attempt()

    def test_approve_existing(self):
        """Becomes a person of the contact that the manager chose; not of one of another company."""
        application = self.apply()
        self.as_cora(application).write({"grade_id": self.grade.id, "partner_id": self.leeds.id})
        self.as_cora(application).action_approve()
        self.assertIn("oda@otter.example.com", self.leeds.child_ids.mapped("email"))
        self.assertEqual(self.env["res.partner"].search_count([("name", "=", "Otter Trade")]), 0)
        self.lyon.company_id = self.company_b
        other = self.apply(email="b@otter.example.com")
        other.write({"grade_id": self.grade.id, "partner_id": self.lyon.id})
        with self.assertRaisesRegex(UserError, "another company"):
            self.as_cora(other).action_approve()

    def test_login_of_somebody_else(self):
        """An address that is somebody's login gets no second one, and that person's login stays as it is."""
        olga = self.users["olga"]
        olga.login = "oda@otter.example.com"
        application = self.apply()
        self.as_cora(application).grade_id = self.grade
        self.as_cora(application).action_approve()
        self.assertFalse(application.partner_id.child_ids.user_ids)
        self.assertIn("Nobody was invited", str(application.message_ids.mapped("body")))
        self.assertNotEqual(olga.partner_id.commercial_partner_id, application.partner_id)

    def test_refuse_and_ask(self):
        """Polite, with the reason if there is one; an answer by mail brings it back."""
        application = self.apply()
        with self.assertRaisesRegex(UserError, "what you want to know"):
            self.as_cora(application).action_ask()
        self.as_cora(application).question = "Where do you sell?"
        self.as_cora(application).action_ask()
        self.assertIn("Where do you sell?", self.mails_of(application).body_html)
        self.assertEqual(application.state, "question")
        application.message_update({})
        self.assertEqual(application.state, "new")
        self.as_cora(application).refusal = "We have enough <b>partners</b> there."
        self.as_cora(application).action_refuse()
        mail = self.mails_of(application)[0]
        self.assertIn("&lt;b&gt;partners", mail.body_html)
        self.assertIn("wish you every success", mail.body_html)
        self.assertFalse(self.env["res.partner"].search([("email_normalized", "=", application.email)]))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who(self):
        """Channel managers and sales managers of the company; what was applied for is changed by nobody."""
        application = self.apply()
        public = self.env.ref("base.public_user")
        for name, user in {**self.users, "pia": self.pia, "rex": self.rex, "public": public}.items():
            own, is_manager = application.with_user(user), name in ("mona", "cora")
            self.assertEqual(own.has_access("read"), is_manager, name)
            for attempt in (
                lambda own=own: own.write({"email": "evil@example.com"}),
                lambda own=own: own.write({"state": "approved"}),
                lambda own=own: own.create({"name": "x", "contact_name": "x", "email": "x@example.com"}),
                *(() if is_manager else (own.action_approve, own.action_refuse, own.action_ask)),
                *(() if is_manager else (lambda own=own: own.message_post(body="x"),)),
            ):
                with self.assertRaises(AccessError, msg=name):
                    attempt()
        foreign = self.cora.copy(
            {"login": "cora_b", "company_id": self.company_b.id, "company_ids": self.company_b.ids}
        )
        self.assertFalse(application.with_user(foreign).has_access("read"))
        with self.assertRaises(AccessError):
            self.as_cora(application).read(["address_hash"])
        self.assertEqual(application.state, "new")

    def test_forgotten(self):
        """Refused ones are deleted after half a year, others stay."""
        refused, kept = self.apply(), self.apply()
        self.as_cora(refused).action_refuse()
        refused.decided_at = "2020-01-01"
        self.Application._forget_refused()
        self.assertEqual((refused | kept).exists(), kept)

    def test_switch(self):
        menu = self.env.ref("crm_reseller.crm_reseller_application_menu")
        for is_on in (False, True):
            self.company_a.reseller_applications = is_on
            self.assertEqual(menu.active, is_on)
