from datetime import datetime

from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from odoo.addons.crm_core.tests.event_common import EventCase

from ..hooks import uninstall_hook
from ..models.crm_lead_event import KINDS


@tagged("post_install", "-at_install")
class TestChatEvents(HttpCase, EventCase):
    """A live chat that becomes a lead, told from what was written in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, login="core_agent", groups="im_livechat.im_livechat_group_user,sales_team.group_sale_salesman"
        )
        cls.env["mail.presence"]._update_presence(cls.agent)
        cls.livechat = cls.env["im_livechat.channel"].create(
            {"name": "Website", "user_ids": [Command.set(cls.agent.ids)]}
        )

    def setUp(self):
        super().setUp()
        data = self.make_jsonrpc_request(
            "/im_livechat/get_session", {"channel_id": self.livechat.id, "persisted": True}
        )
        self.channel = self.env["discuss.channel"].browse(data["channel_id"])
        self.guest = self.channel.channel_member_ids.guest_id

    def _visitor_writes(self, at):
        with freeze_time(at):
            public = self.env.ref("base.public_user")
            return (
                self.channel.with_user(public)
                .sudo()
                .with_context(guest=self.guest)
                .message_post(body="Hello", author_id=False, author_guest_id=self.guest.id, message_type="comment")
            )

    def _agent_writes(self, at):
        with freeze_time(at):
            return self.channel.with_user(self.agent).message_post(body="Hello you", message_type="comment")

    def _make_lead(self):
        self.channel.with_user(self.agent).execute_command_lead(body="/lead Chat")
        return self.env["crm.lead"].search([("origin_channel_id", "=", self.channel.id)])

    def _chats(self, lead):
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", lead.id), ("kind", "=like", "chat_%")])
        return [(event.kind, event.moment, event.direction, event.data["channel"]) for event in events]

    def test_chat_then_lead(self):
        """They chat, then a lead is made: each side's first message, at its moment; the transcript is none."""
        self._visitor_writes("2026-03-02 10:00:00")
        self._visitor_writes("2026-03-02 10:01:00")
        self._agent_writes("2026-03-02 10:02:00")
        self._agent_writes("2026-03-02 10:03:00")
        lead = self._make_lead()
        self.assertEqual(
            self._chats(lead),
            [
                ("chat_in", datetime(2026, 3, 2, 10, 0), "in", self.channel.id),
                ("chat_out", datetime(2026, 3, 2, 10, 2), "out", self.channel.id),
            ],
        )
        self.assertIn("Hello", lead.description)
        self.assertEqual({kind for kind, _data in self.told(lead)}, {"created", "chat_in", "chat_out"})

    def test_answer_after_the_lead(self):
        """The lead is there before we answer: our first answer is told when it is written, others not."""
        self._visitor_writes("2026-03-02 10:00:00")
        lead = self._make_lead()
        self.assertEqual([kind for kind, *_rest in self._chats(lead)], ["chat_in"])
        self._agent_writes("2026-03-02 10:05:00")
        self._agent_writes("2026-03-02 10:06:00")
        self._visitor_writes("2026-03-02 10:07:00")
        self.assertEqual(
            [(kind, moment) for kind, moment, *_rest in self._chats(lead)],
            [("chat_in", datetime(2026, 3, 2, 10, 0)), ("chat_out", datetime(2026, 3, 2, 10, 5))],
        )

    def test_two_leads(self):
        """A chat with two leads is told on both, an answer as well."""
        self._visitor_writes("2026-03-02 10:00:00")
        leads = self._make_lead()
        leads |= self._make_lead()
        self._agent_writes("2026-03-02 10:05:00")
        self.assertEqual(len(leads), 2)
        for lead in leads:
            self.assertEqual([kind for kind, *_rest in self._chats(lead)], ["chat_in", "chat_out"])

    def test_bot(self):
        """What a chatbot says is no answer of ours."""
        script = self.env["chatbot.script"].create(
            {"title": "Bot", "script_step_ids": [Command.create({"step_type": "text", "message": "Welcome"})]}
        )
        self.livechat.rule_ids = [Command.create({"regex_url": "/", "chatbot_script_id": script.id})]
        data = self.make_jsonrpc_request(
            "/im_livechat/get_session",
            {"channel_id": self.livechat.id, "chatbot_script_id": script.id, "persisted": True},
        )
        self.channel = self.env["discuss.channel"].browse(data["channel_id"])
        self.guest = self.channel.channel_member_ids.guest_id
        self.channel._chatbot_post_message(script, "Welcome")
        self._visitor_writes("2026-03-02 10:00:00")
        lead = self.env["crm.lead"].create({"name": "by the bot", "origin_channel_id": self.channel.id})
        self.assertTrue(self.channel.livechat_bot_history_ids)
        self.assertEqual([kind for kind, *_rest in self._chats(lead)], ["chat_in"])

    def test_linked_later(self):
        """A lead that gets its chat later tells it then, once."""
        self._visitor_writes("2026-03-02 10:00:00")
        self.lead.origin_channel_id = self.channel
        self.lead.origin_channel_id = self.channel
        self.assertEqual([kind for kind, *_rest in self._chats(self.lead)], ["chat_in"])

    def test_past(self):
        """Told afterwards as it was told live."""
        self._visitor_writes("2026-03-02 10:00:00")
        self._agent_writes("2026-03-02 10:02:00")
        lead = self._make_lead()
        live = [row for row in self.rows(lead) if row[1] in KINDS]
        self.assertEqual(len(live), 2)
        self.forget_log(lead)
        for _again in range(2):
            self.tell_past()
            self.assertEqual([row for row in self.rows(lead) if row[1] in KINDS], live)

    def test_without_lead(self):
        """Chats without a lead say nothing."""
        self.Event._flush()
        self._visitor_writes("2026-03-02 10:00:00")
        self._agent_writes("2026-03-02 10:01:00")
        self.Event._flush()
        self.assertFalse(self.Event.search([("kind", "=like", "chat_%"), ("id", ">", self.last)]))

    def test_kinds(self):
        """Both are contacts, the customer's is a touch."""
        self.assertIn("chat_in", self.Event._contact_kinds("in"))
        self.assertIn("chat_out", self.Event._contact_kinds("out"))
        self.assertIn("chat_in", self.Event._touch_kinds())

    def test_uninstalled(self):
        """With the addon its kinds go; what other kinds tell stays."""
        self._visitor_writes("2026-03-02 10:00:00")
        lead = self._make_lead()
        self.assertTrue(self._chats(lead))
        uninstall_hook(self.env)
        self.assertEqual([kind for kind, _data in self.told(lead)], ["created"])
