import contextlib

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .portal_common import PortalCase

QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_attachment", "odoo.models")


@tagged("post_install", "-at_install")
class TestPortalFiles(PortalCase, HttpCase):
    """Files and messages of opportunities, by the addresses that Odoo has for them.

    Files: shared (message on lead_paul), internal (note on it), loose (in no message), of_pia and of_rex (messages).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("pia", "paul", "pam", "rex", "petra", "olga", "mona"):
            cls.users[name].password = cls.users[name].login
        cls.files = {
            name: cls._make_file(name, lead, subtype)
            for name, lead, subtype in (
                ("shared", cls.lead_paul, "mail.mt_comment"),
                ("internal", cls.lead_paul, "mail.mt_note"),
                ("loose", cls.lead_paul, None),
                ("of_pia", cls.lead_pia, "mail.mt_comment"),
                ("of_rex", cls.lead_rex, "mail.mt_comment"),
            )
        }

    @classmethod
    def _make_file(cls, name, lead, subtype):
        vals = {"name": f"{name}.txt", "raw": b"CONTENT", "res_model": "crm.lead", "res_id": lead.id}
        file = cls.env["ir.attachment"].create(vals)
        if subtype:
            lead.message_post(
                body=f"Message of {name}", message_type="comment", subtype_xmlid=subtype, attachment_ids=file.ids
            )
        return file

    def as_user(self, name):
        login = None if name == "public" else self.users[name].login
        self.authenticate(login, login)

    def download(self, file):
        """By whichever address Odoo has for a file's number.
        :return: whether the content came"""
        data = {"csrf_token": http.Request.csrf_token(self), "file_ids": file.id, "zip_name": "x.zip"}
        answers = [self.url_open("/mail/attachment/zip", data=data)] + [
            self.url_open(path.format(file.id))
            for path in ("/web/content/{}", "/web/image/{}", "/web/content/ir.attachment/{}/raw?download=1")
        ]
        return any(answer.ok and b"CONTENT" in answer.content for answer in answers)

    @mute_logger(*QUIET)
    def test_by_number(self):
        """No file comes by its number to a partner or a stranger, not his own either; to the salesperson all do."""
        for name in ("paul", "pia", "pam", "rex", "petra", "public", "olga", "mona"):
            self.as_user(name)
            for key, file in self.files.items():
                self.assertEqual(self.download(file), name in ("olga", "mona"), (name, key))
        for name in ("paul", "pia", "rex", "petra"):
            with self.assertRaises(AccessError, msg=name):
                self.env["ir.attachment"].with_user(self.users[name]).search_read([("res_model", "=", "crm.lead")])

    @mute_logger(*QUIET)
    def test_by_the_chatter(self):
        """The chatter of an opportunity gives a signed link to what its messages bring, which opens this file only."""
        for name, lead, expected in (
            ("paul", self.lead_paul, {"shared"}),
            ("pam", self.lead_paul, {"shared"}),
            ("pia", self.lead_pia, {"of_pia"}),
            ("rex", self.lead_rex, {"of_rex"}),
        ):
            self.as_user(name)
            thread = {"thread_model": "crm.lead", "thread_id": lead.id}
            messages = self.make_jsonrpc_request("/mail/chatter_fetch", thread)["data"]["mail.message"]
            given = {file["id"]: file["raw_access_token"] for one in messages for file in one["attachment_ids"]}
            self.assertEqual(set(given), {self.files[key].id for key in expected}, name)
            for number, token in given.items():
                for file in self.files.values():
                    answer = self.url_open(f"/web/content/{file.id}?access_token={token}")
                    self.assertEqual(b"CONTENT" in answer.content, file.id == number, (name, file.name))

    @mute_logger(*QUIET)
    def test_chatter_of_others(self):
        """The chatter of an opportunity that is not his neither opens, lists, takes words nor files."""
        for name in ("paul", "rex", "petra", "public"):
            lead = self.lead_rex if name == "paul" else self.lead_pia
            before = len(lead.message_ids)
            thread = {"thread_model": "crm.lead", "thread_id": lead.id}
            self.as_user(name)
            self.assertNotIn("mail.thread", self.make_jsonrpc_request("/portal/chatter_init", thread), name)
            listed = self.make_jsonrpc_request("/mail/chatter_fetch", thread)
            self.assertFalse(listed["messages"], name)
            for key in ("token", "hash"):
                with self.assertRaises(JsonRpcException, msg=(name, key)):
                    post = {**thread, "post_data": {"body": "Hello"}, key: "guessed", "pid": self.pia.partner_id.id}
                    self.make_jsonrpc_request("/mail/message/post", post)
            data = {"csrf_token": http.Request.csrf_token(self), **thread, "is_pending": "true"}
            answer = self.url_open("/mail/attachment/upload", data=data, files={"ufile": ("x.txt", b"x", "text/plain")})
            self.assertEqual(answer.status_code, 404, name)
            for path in ("/portal/attachment/remove", "/mail/attachment/delete"):
                with self.assertRaises(JsonRpcException, msg=(name, path)):
                    self.make_jsonrpc_request(path, {"attachment_id": self.files["of_pia"].id})
            self.env.invalidate_all()
            self.assertEqual(len(lead.message_ids), before, name)
            self.assertTrue(self.files["of_pia"].exists())

    @mute_logger(*QUIET)
    def test_another_file_in_own_message(self):
        """A guessed file does not come along with a message of his own, which would give him the link to it."""
        self.as_user("paul")
        thread = {"thread_model": "crm.lead", "thread_id": self.lead_paul.id}
        messages = self.env["mail.message"]
        for key in ("of_pia", "of_rex", "internal", "loose"):
            file = self.files[key]
            before = (file.res_id, messages.search([("attachment_ids", "in", file.ids)]))
            for tokens in ({}, {"attachment_tokens": ["guessed"]}):
                post_data = {"body": "Mine", "attachment_ids": file.ids, **tokens}
                with contextlib.suppress(JsonRpcException):
                    self.make_jsonrpc_request("/mail/message/post", {**thread, "post_data": post_data})
                self.env.invalidate_all()
                self.assertEqual((file.res_id, messages.search([("attachment_ids", "in", file.ids)])), before, key)
