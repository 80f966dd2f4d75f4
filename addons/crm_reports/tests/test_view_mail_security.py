from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .view_mail_common import ViewMailCase

MODELS = ("crm.view.mail", "crm.view.mail.recipient", "crm.view.mail.sending")


@tagged("post_install", "-at_install")
class TestViewMailSecurity(ViewMailCase):
    """Who makes them, for whom, and who sees what."""

    def test_personas(self):
        """Each person × each operation: one's own, all for the manager, nothing for the portal."""
        mail = self.view_mail(owner="olga", to=("olga",))
        self.env["crm.view.mail.sending"].create({"view_mail_id": mail.id, "moment": datetime(2026, 1, 1)})
        allowed = {"olga": True, "mona": True, "otto": False, "lena": False, "aldo": False, "petra": False}
        for name, is_allowed in allowed.items():
            user = self.users[name]
            for record in (mail, mail.recipient_ids, self.sendings(mail)):
                found = record.with_user(user)
                self.assertEqual(found.has_access("read"), is_allowed, (name, record._name))
                can_write = is_allowed and record._name != "crm.view.mail.sending"
                for operation in ("write", "unlink"):
                    self.assertEqual(found.has_access(operation), can_write, (name, operation, record._name))
        for name in ("petra",):
            for model in MODELS:
                self.assertFalse(self.env[model].with_user(self.users[name]).has_access("create"))

    def test_for_others(self):
        """A salesperson only for himself; leaders and managers for others, internal users only."""
        self.view_mail(owner="olga", to=("olga",))
        with self.assertRaises(AccessError):
            self.view_mail(owner="olga", to=("otto",))
        with self.assertRaises(AccessError):
            contact = self.env["res.partner"].create({"name": "Demo"})
            self.view_mail(owner="olga", recipient_ids=[Command.create({"partner_id": contact.id})])
        self.view_mail(owner="lena", to=("otto", "mona"))
        with self.assertRaisesRegex(ValidationError, "no internal user"):
            self.view_mail(owner="mona", to=("petra",))
        with self.assertRaisesRegex(ValidationError, "choose the user"):
            own = self.users["otto"].partner_id
            self.view_mail(owner="mona", recipient_ids=[Command.create({"partner_id": own.id})])

    def test_owner(self):
        """Nobody but a manager makes one in another's name or gives his away."""
        with self.assertRaises(AccessError):
            self.view_mail(owner="olga", to=("olga",), user_id=self.users["mona"].id)
        mail = self.view_mail(owner="olga", to=("olga",))
        with self.assertRaises(AccessError):
            mail.with_user(self.users["olga"]).user_id = self.users["mona"]

    def test_no_model_without_right(self):
        """A view of a model that one may not read can't be mailed; nor what is no table."""
        with self.assertRaises(AccessError):
            self.view_mail(owner="olga", to=("olga",), res_model="ir.config_parameter", domain="[]")
        for model in ("mail.thread", "res.config.settings", "x.none"):
            with self.assertRaises(ValidationError):
                self.view_mail(res_model=model, domain="[]")

    def test_evil_domain(self):
        """A filter that is more than a filter is refused."""
        for domain in ("[9**9**9]", "[x for x in [1]]", "[().__class__]", "1", "nothing"):
            with self.assertRaises(ValidationError):
                self.view_mail(domain=domain)
        with self.assertRaises(ValidationError):
            self.view_mail(view_context="{'a': open('x')}")

    def test_confirmation_is_the_owners(self):
        """Nobody confirms a snapshot for the owner: not a manager, not by writing the field."""
        contact = self.env["res.partner"].create({"name": "Demo", "email": "demo@example.com"})
        line = [
            Command.create({"partner_id": contact.id, "is_confirmed": True, "confirmed_by_id": self.users["lena"].id})
        ]
        mail = self.view_mail(owner="lena", recipient_ids=line)
        self.assertFalse(mail.recipient_ids.is_confirmed)
        with self.assertRaises(UserError):
            mail.recipient_ids.with_user(self.users["mona"]).action_confirm()
        with self.assertRaises(AccessError):
            mail.recipient_ids.with_user(self.users["lena"]).is_confirmed = True
        mail.recipient_ids.with_user(self.users["lena"]).action_confirm()
        self.assertTrue(mail.recipient_ids._is_snapshot_confirmed())
        mail.with_user(self.users["mona"]).user_id = self.users["mona"]
        self.assertFalse(mail.recipient_ids._is_snapshot_confirmed())

    def test_nothing_to_guess(self):
        """Lena can't learn what Mona sees: not how much, not whether it was empty, not the numbers kept."""
        mail = self.view_mail(owner="lena", to=("mona", "lena"))
        empty = self.view_mail(owner="lena", to=("mona",), domain="[('id', '=', 0)]")
        (mail | empty).action_switch_on()
        self.env["crm.view.mail.recipient"].search([]).next_at = datetime(2026, 1, 1)
        self.run_job()
        lena = self.users["lena"]
        to_mona = (self.sendings(mail) | self.sendings(empty)).filtered(lambda row: row.user_id == self.users["mona"])
        self.assertEqual(sorted(to_mona.mapped("state")), ["queued", "skipped"])
        seen = to_mona.with_user(lena)
        self.assertEqual(seen.mapped("shown_state"), ["done", "done"])
        to_mona.mail_id.state = "sent"
        self.assertEqual(seen.mapped("shown_state"), ["done", "done"])
        self.assertEqual(seen.mapped("shown_rows"), [0, 0])
        self.assertFalse(any(seen.mapped("shown_reason")) or any(seen.mapped("body")))
        hidden = {"state": "sent", "reason": "x", "rows": 3, "mail_id": to_mona.mail_id.id, "try_at": "2026-01-01"}
        for field, value in hidden.items():
            with self.assertRaises(AccessError):
                seen.read([field])
            with self.assertRaises(AccessError):
                seen.search([(field, "=", value)])
            with self.assertRaises(AccessError):
                seen.search([], order=field)
            with self.assertRaises(AccessError):
                seen.formatted_read_group([], [field], ["__count"])
        with self.assertRaises(AccessError):
            mail.recipient_ids.with_user(lena).read(["last_result"])
        own = self.sendings(mail).filtered(lambda row: row.user_id == lena).with_user(lena)
        self.assertTrue(own.shown_rows)
        self.assertIn("<table", own.with_context(bin_size=True).body)
        message = to_mona.mail_id.mail_message_id
        with self.assertRaises(AccessError):
            message.with_user(lena).read(["body"])

    def test_open_for_me(self):
        """The link in the mail opens the view for its recipients and owner, with their own id; for nobody else."""
        mail = self.view_mail(owner="lena", to=("otto",), domain="[('user_id', '=', uid)]")
        action = self.env["crm.view.mail"].with_user(self.users["otto"]).open_for_me(mail.id)
        self.assertEqual(action["domain"], [("user_id", "=", self.users["otto"].id)])
        self.assertEqual(action["context"]["pivot_row_groupby"], ["team_id"])
        with self.assertRaises(AccessError):
            self.env["crm.view.mail"].with_user(self.users["olga"]).open_for_me(mail.id)

    def test_protected(self):
        """When it is due next, what was sent last, who stopped it: nobody writes that by himself."""
        line = self.view_mail(owner="olga", to=("olga",)).recipient_ids.with_user(self.users["olga"])
        for field, value in (("next_at", datetime(2020, 1, 1)), ("last_result", {}), ("state", "stopped")):
            with self.assertRaises(AccessError):
                line.write({field: value})


@tagged("post_install", "-at_install")
class TestViewMailPage(ViewMailCase, HttpCase):
    """The page behind the link in the mail."""

    def setUp(self):
        super().setUp()
        self.mail = self.view_mail(owner="lena", to=("otto",), name="A secret & a name")
        self.mail.action_switch_on()
        self.line = self.mail.recipient_ids
        self.url = f"/mailed-view/{self.line._token()}"
        self.env.flush_all()

    def choose(self, way, url=None):
        page = self.url_open(url or self.url)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0] if page.status_code == 200 else ""
        answer = self.url_open(url or self.url, data={"way": way, "csrf_token": token})
        self.env.invalidate_all()
        return answer

    def test_get_changes_nothing(self):
        """A mail scanner opens the link: it still is on. The page says the name and nothing else of it."""
        page = self.url_open(self.url)
        self.env.invalidate_all()
        self.assertEqual((page.status_code, self.line.state), (200, "on"))
        self.assertIn("A secret &amp; a name", page.text)
        for word in ("Lena", "Otto", "crm.lead", "North"):
            self.assertNotIn(word, page.text)

    def test_post(self):
        """Pause, go on, stop: by a person who presses a button, without logging in."""
        for way, state in (("pause", "paused"), ("resume", "on"), ("stop", "stopped")):
            answer = self.choose(way)
            self.assertEqual((answer.status_code, self.line.state), (200, state))
            self.assertEqual(bool(self.line.next_at), state == "on")
        self.choose("something")
        self.assertEqual(self.line.state, "stopped")

    def test_post_without_token(self):
        """Without the page's own token nothing is changed."""
        answer = self.url_open(self.url, data={"way": "stop"})
        self.env.invalidate_all()
        self.assertEqual((answer.status_code, self.line.state), (400, "on"))

    def test_wrong_token(self):
        """A link that is not ours, of another recipient's id, or of one who is gone: not found."""
        good = self.line._token()
        for token in ("x", "AAAA", good[:-2] + ("aa" if good[-2:] != "aa" else "bb"), good[5:]):
            self.assertEqual(self.url_open(f"/mailed-view/{token}").status_code, 404, token)
        self.line.unlink()
        self.env.flush_all()
        self.assertEqual(self.url_open(self.url).status_code, 404)
