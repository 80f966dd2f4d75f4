from odoo.tests import HttpCase, tagged

from .registration_common import ENTRIES, RegistrationCase


@tagged("post_install", "-at_install")
class TestRegistrationPages(RegistrationCase, HttpCase):
    """The partner's pages, as his user, another partner, a customer and nobody at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.pia | cls.rex | cls.users["petra"] | cls.users["olga"]:
            user.password = user.login
        cls.login = {"pia": cls.pia.login, "rex": cls.rex.login, "petra": cls.users["petra"].login}
        cls.login["olga"] = cls.users["olga"].login

    def as_user(self, name):
        login = self.login.get(name)
        self.authenticate(login, login)

    def post(self, path, form_path="/my/registrations/new", **data):
        page = self.url_open(form_path).text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0] if 'name="csrf_token" value="' in page else ""
        return self.url_open(path, data={"csrf_token": csrf, **data})

    def test_register(self):
        """From the form to the list; a mistake is told beside its field and nothing is lost."""
        self.as_user("pia")
        wrong = self.post("/my/registrations/new", **{**ENTRIES, "amount": "a lot"})
        self.assertIn("Please enter the amount as a number", wrong.text)
        self.assertIn("Brightwater Pumps Ltd", wrong.text)
        self.assertFalse(self.Registration.search([("partner_id", "=", self.brussels.id)]))
        done = self.post("/my/registrations/new", **ENTRIES)
        registration = self.Registration.search([("partner_id", "=", self.brussels.id)])
        self.assertRecordValues(
            registration, [{"partner_id": self.brussels.id, "registered_by_id": self.pia.id, "state": "review"}]
        )
        self.assertTrue(done.url.endswith(f"/my/registrations/{registration.id}"))
        self.assertIn("Under review", done.text)
        self.assertIn("Brightwater Pumps Ltd", self.url_open("/my/registrations").text)

    def test_nothing_of_others(self):
        """A deal that looks known says to its partner what any other says."""
        self.env["crm.lead"].create({"name": "Secret deal", "email_from": ENTRIES["email"], "user_id": False})
        self.register(self.leeds, self.rex)
        registration = self.register()
        self.as_user("pia")
        text = self.url_open(f"/my/registrations/{registration.id}").text
        self.assertIn("Under review", text)
        for word in ("Secret deal", "Leeds", "Looks Known"):
            self.assertNotIn(word, text)

    def test_who_gets_in(self):
        """Each page × each person: the partner's own users, and nobody else; guessed ids are not found."""
        registration = self.register()
        self.as_cora(registration).question = "Which site?"
        self.as_cora(registration).action_ask()
        self.env.flush_all()
        own = f"/my/registrations/{registration.id}"
        for name, expected in (
            ("pia", (200, 200, 200)),
            ("rex", (200, 200, 404)),
            ("petra", (404, 404, 404)),
            ("olga", (404, 404, 404)),
        ):
            self.as_user(name)
            answers = [self.url_open(path) for path in ("/my/registrations", "/my/registrations/new", own)]
            self.assertEqual(tuple(answer.status_code for answer in answers), expected, name)
            if name != "pia":
                self.assertNotIn("Brightwater", "".join(answer.text for answer in answers))
                for step in ("answer", "extend"):
                    self.post(f"{own}/{step}", text="Mine now")
                self.post("/my/registrations/new", "/my", **{**ENTRIES, "name": ""})
        for path in ("/my/registrations/999999", "/my/registrations/2147483648000"):
            self.as_user("pia")
            self.assertEqual(self.url_open(path).status_code, 404)
        self.assertRecordValues(registration, [{"state": "question", "answer": False, "extension_state": False}])

    def test_not_logged_in(self):
        """Nobody's pages lead to the login, whatever the method."""
        registration = self.register()
        for path in ("/my/registrations", "/my/registrations/new", f"/my/registrations/{registration.id}"):
            page = self.url_open(path)
            self.assertIn("/web/login", page.url)
            self.assertNotIn("Brightwater", page.text)

    def test_question_and_extension(self):
        """The question is answered on the page; more time is asked for there."""
        registration = self.register()
        self.as_cora(registration).question = "Which site?"
        self.as_cora(registration).action_ask()
        self.as_user("pia")
        own = f"/my/registrations/{registration.id}"
        self.assertIn("Which site?", self.url_open(own).text)
        self.post(f"{own}/answer", own, text="The one in Ghent")
        self.assertEqual((registration.state, registration.answer), ("review", "The one in Ghent"))
        self.as_cora(registration).action_approve()
        self.env.flush_all()
        self.post(f"{own}/extend", own, text="<b>July</b>")
        self.assertEqual((registration.extension_state, registration.extension_reason), ("asked", "<b>July</b>"))

    def test_off(self):
        """While it is off there is no page and no card."""
        self.company_a.reseller_registrations = False
        self.as_user("pia")
        self.assertEqual(self.url_open("/my/registrations").status_code, 404)
        self.assertNotIn("/my/registrations", self.url_open("/my").text)
        self.company_a.reseller_registrations = True
        self.env.flush_all()
        self.assertIn("/my/registrations", self.url_open("/my").text)
