from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import CrmCoreCase

MAIL = """From: {sender}
To: {to}
Subject: Prices
Message-Id: <{number}@customer.example.com>
{headers}Content-Type: text/plain

Please send me your prices.
"""


class EventCase(CrmCoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.leads["north_olga"]
        cls.lead.write({"email_from": "anna@customer.example.com", "partner_id": False})
        cls.Event = cls.env["crm.lead.event"]
        cls.Event._flush()
        cls.env.flush_all()
        cls.stage = cls.env["crm.stage"].create({"name": "Later", "sequence": 50})
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def told(self, lead=None, since=None):
        """(kind, data) of all events of the lead that were not there at `since`."""
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", (lead or self.lead).id)], order="id")
        return [(event.kind, event.data or {}) for event in events if event.id > (since or self.last)]

    def rows(self, leads):
        """All that the log says of leads, but for what it learned when and from which record."""
        self.Event._flush()
        self.env.cr.execute(
            "SELECT lead_id, kind, moment, actor_id, COALESCE(direction, ''), COALESCE(data, '{}')::text"
            " FROM crm_lead_event WHERE lead_id = ANY(%s)",
            [leads.ids],
        )
        return sorted(self.env.cr.fetchall(), key=str)

    def assertSameLog(self, told, live):
        """The same rows; moments may differ by what passed between two traces of one cause."""

        def split(rows):
            rows = sorted(((row[:2] + row[3:], row[2]) for row in rows), key=str)
            return [row for row, _moment in rows], [moment for _row, moment in rows]

        (told, told_at), (live, live_at) = split(told), split(live)
        self.assertEqual(told, live)
        for one, other in zip(told_at, live_at, strict=True):
            self.assertAlmostEqual(one, other, delta=timedelta(seconds=30))

    def forget_log(self, leads):
        """As if the addon were installed only now."""
        self.env.cr.precommit.run()
        self.env.cr.execute("DELETE FROM crm_lead_event WHERE lead_id = ANY(%s)", [leads.ids])
        self.env["ir.config_parameter"].search([("key", "=", "crm_core.event_log_start")]).unlink()
        self.Event._start_log()
        self.env.invalidate_all()

    def tell_past(self):
        """The button, and the job to its end."""
        self.env["crm.lead.event.past"]._start()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.Event._flush()
        self.last = self.Event.search([], order="id desc", limit=1).id


@tagged("post_install", "-at_install")
class TestEventLog(EventCase):
    """Each kind of event from its real cause."""

    def test_changes(self):
        """What changes in a transaction is told once, by what it was and what it is."""
        old_stage = self.lead.stage_id
        self.lead.write({"stage_id": self.stage.id, "expected_revenue": 500})
        self.lead.write({"expected_revenue": 700, "date_deadline": "2026-05-01"})
        self.lead.user_id = self.users["otto"]
        self.assertEqual(
            self.told(),
            [
                ("stage_moved", {"from": old_stage.id, "to": self.stage.id}),
                ("owner_changed", {"from": self.users["olga"].id, "to": self.users["otto"].id}),
                ("closing_date_moved", {"from": None, "to": "2026-05-01"}),
                ("amount_changed", {"from": 0, "to": 700}),
            ],
        )

    def test_net_change(self):
        """There and back within a transaction is nothing."""
        self.lead.expected_revenue = 10
        self.lead.expected_revenue = 0
        self.assertFalse(self.told())

    def test_tracking_switched_off(self):
        """The log does not depend on tracking (this class's environment has it switched off)."""
        self.lead.with_context(tracking_disable=True, mail_notrack=True).team_id = self.south
        self.assertIn(("team_changed", {"from": self.north.id, "to": self.south.id}), self.told())

    def test_by_compute(self):
        """Team that follows the new salesperson by compute is told as well."""
        self.lead.user_id = self.users["sara"]
        self.assertIn(("team_changed", {"from": self.north.id, "to": self.south.id}), self.told())

    def test_created(self):
        """A new lead is one event with what it was at first, whatever was set on the way."""
        lead = self.env["crm.lead"].create({"name": "new", "type": "lead", "team_id": self.north.id, "user_id": False})
        lead.stage_id = self.stage
        data = {"type": "lead", "stage": self.stage.id, "team": self.north.id, "user": None}
        self.assertEqual(self.told(lead), [("created", data)])
        lead.convert_opportunity(self.env["res.partner"])
        self.assertIn(("converted", {}), self.told(lead))

    def test_imported(self):
        """Leads from a file are imported, the others created."""
        result = self.env["crm.lead"].with_context(import_file=True).load(["name"], [["one"], ["two"]])
        for lead in self.env["crm.lead"].browse(result["ids"]):
            self.assertEqual([kind for kind, _data in self.told(lead)], ["imported"])

    def test_tagged(self):
        one, two = self.env["crm.tag"].create([{"name": "one"}, {"name": "two"}])
        self.lead.tag_ids = one
        self.assertEqual(self.told(), [("tagged", {"added": one.ids, "removed": []})])
        self.last = self.Event.search([], order="id desc", limit=1).id
        self.lead.tag_ids = two
        self.assertEqual(self.told(), [("tagged", {"added": two.ids, "removed": one.ids})])

    def test_won_lost_reopened(self):
        """Won, lost with its reason, and reopened."""
        reason = self.env["crm.lost.reason"].create({"name": "Too late"})
        self.lead.action_set_won()
        self.assertEqual(self.told()[-1], ("won", {}))
        self.lead.stage_id = self.stage
        self.assertEqual(self.told()[-1], ("reopened", {"from": "won"}))
        self.lead.action_set_lost(lost_reason_id=reason.id)
        self.assertEqual(self.told()[-1], ("lost", {"reason": reason.id}))
        self.lead.action_unarchive()
        self.assertEqual(self.told()[-1], ("reopened", {"from": "lost"}))

    def test_probability(self):
        """Typed probabilities are told, the automatic one is not."""
        self.lead.probability = 77
        self.assertEqual([kind for kind, _data in self.told()], ["probability_set"])
        self.lead.action_set_automated_probability()
        self.assertEqual([kind for kind, _data in self.told()], ["probability_set"])

    def test_scoring_by_sql(self):
        """What the scoring job writes by SQL is no event."""
        self.env["crm.lead"]._cron_update_automated_probabilities()
        self.assertFalse(self.told())

    # -- conversation --------------------------------------------------------------------------

    def _receive(self, headers="", sender="Anna <anna@customer.example.com>", number=1, **context):
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            return (
                self.env["mail.thread"]
                .with_context(**context)
                .message_process(
                    "crm.lead",
                    MAIL.format(sender=sender, to="sales@company.example.com", number=number, headers=headers),
                )
            )

    def test_mail_makes_a_lead(self):
        """A mail that makes a lead: the lead and what the customer wrote."""
        lead = self.env["crm.lead"].browse(self._receive())
        self.assertEqual([kind for kind, _data in self.told(lead)], ["created", "message_in"])

    def test_answer_and_out_of_office(self):
        """We write, the customer's machine answers, then he does: three different events."""
        partner = self.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})
        message = self.lead.with_user(self.users["olga"]).message_post(
            body="Our prices", partner_ids=partner.ids, subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        reference = f"In-Reply-To: {message.message_id}\n"
        self._receive(reference + "Auto-Submitted: auto-replied\n", number=2)
        self._receive(reference, number=3)
        self.assertEqual(
            self.told(),
            [
                ("message_out", {}),
                ("auto_reply", {"answers": message.id}),
                ("message_in", {"answers": message.id}),
            ],
        )

    def test_notes(self):
        """Notes, and messages that only colleagues get, are no contact with the customer."""
        lead = self.lead.with_user(self.users["olga"])
        lead.message_post(body="only us")
        lead.message_post(
            body="to Otto",
            partner_ids=self.users["otto"].partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual([kind for kind, _data in self.told() if kind != "note"], [])
        self.assertTrue(self.told())

    def test_mail_to_selected_leads(self):
        """A mail to leads selected in a list has no subtype, as a note has none, but it went out."""
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "crm.lead",
                "res_ids": str(self.lead.ids),
                "subject": "Prices",
                "body": "Ours",
            }
        )
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            composer._action_send_mail()
        self.assertEqual(self.told(), [("message_out", {})])

    def test_senders_clock(self):
        """The date of a mail is its sender's: believed for a week back, never ahead."""
        for number, (day, believed) in enumerate(
            (
                ("Mon, 02 Mar 2026 08:00:00 +0000", True),
                ("Mon, 02 Mar 2020 08:00:00 +0000", False),
                ("Mon, 02 Mar 2037 08:00:00 +0000", False),
            ),
            start=10,
        ):
            with self.subTest(day=day), freeze_time("2026-03-02 10:00:00"):
                lead = self.env["crm.lead"].browse(self._receive(f"Date: {day}\n", number=number))
                self.Event._flush()
                moment = self.Event.search([("lead_id", "=", lead.id), ("kind", "=", "message_in")]).moment
                self.assertEqual(moment, datetime(2026, 3, 2, 8 if believed else 10))

    def test_bounce(self):
        self.lead._message_receive_bounce("anna@customer.example.com", self.env["res.partner"])
        self.assertEqual([kind for kind, _data in self.told()], ["bounce"])

    # -- steps ---------------------------------------------------------------------------------

    def _plan(self, xmlid, **vals):
        return self.lead.with_user(self.users["olga"]).activity_schedule(xmlid, date(2026, 3, 2), **vals)

    def test_activities(self):
        """Planned, moved, done (a call is a call) and cancelled: one event each, its message none."""
        todo, call = self._plan("mail.mail_activity_data_todo"), self._plan("mail.mail_activity_data_call")
        gone = self._plan("mail.mail_activity_data_todo")
        self.Event._flush()
        todo.date_deadline = date(2026, 3, 9)
        (todo | call).action_feedback(feedback="spoke to her")
        gone.action_cancel()
        kinds = [(kind, data["deadline"]) for kind, data in self.told()]
        self.assertEqual(
            kinds,
            [("activity_planned", "2026-03-02")] * 3
            + [
                ("activity_moved", "2026-03-09"),
                ("activity_done", "2026-03-09"),
                ("call_out", "2026-03-02"),
                ("activity_cancelled", "2026-03-02"),
            ],
        )

    def test_meeting(self):
        """A meeting with its activity and its log note is one event, holding it another."""
        meeting = (
            self.env["calendar.event"]
            .with_user(self.users["olga"])
            .create(
                {
                    "name": "Demo",
                    "start": "2026-03-02 10:00:00",
                    "stop": "2026-03-02 11:00:00",
                    "opportunity_id": self.lead.id,
                    "res_id": self.lead.id,
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                }
            )
        )
        self.assertTrue(meeting.activity_ids)
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned"])
        meeting.start = "2026-03-03 10:00:00"
        meeting.activity_ids.action_feedback()
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned", "meeting_moved", "meeting_held"])

    def test_meeting_cancelled(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": "Demo",
                "start": "2026-03-02 10:00:00",
                "stop": "2026-03-02 11:00:00",
                "opportunity_id": self.lead.id,
            }
        )
        meeting.unlink()
        self.assertEqual([kind for kind, _data in self.told()], ["meeting_planned", "meeting_cancelled"])

    # -- the log itself ------------------------------------------------------------------------

    def test_append_only(self):
        """Nobody writes, not even the system user."""
        self.lead.expected_revenue = 7
        self.Event._flush()
        event = self.Event.search([("lead_id", "=", self.lead.id)], limit=1)
        for attempt in (
            lambda: event.write({"kind": "won"}),
            lambda: event.unlink(),
            lambda: self.Event.create({"lead_id": self.lead.id, "kind": "won", "moment": "2026-01-01"}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_read_by_managers_only(self):
        """Managers of the lead's company read the log; nobody else, least of all the portal."""
        self.leads["far_fred"].expected_revenue = 1
        self.lead.expected_revenue = 1
        self.Event._flush()
        domain = [("lead_id", "in", (self.lead | self.leads["far_fred"]).ids)]
        for name in ("olga", "lena", "aldo", "fred", "petra"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.Event.with_user(self.users[name]).search(domain)
        found = self.Event.with_user(self.users["mona"]).search(domain)
        self.assertEqual(found.lead_id, self.lead)

    def test_paused(self):
        """The switch in the settings works at once."""
        self.env["res.config.settings"].create({"crm_event_log_paused": True}).execute()
        self.Event._flush()
        self.lead.expected_revenue = 9
        self.assertFalse(self.told())

    def test_unknown_data(self):
        """A kind can't carry what it did not register: no text gets into the log by accident."""
        with self.assertRaises(ValueError):
            self.Event._record([{"lead_id": self.lead.id, "kind": "won", "data": {"name": "Anna"}}])

    def test_one_insert(self):
        """Moving a hundred leads is one statement in the log."""
        leads = self.env["crm.lead"].create([{"name": f"many {n}", "type": "opportunity"} for n in range(100)])
        self.Event._flush()
        leads.stage_id = self.stage
        self.env.flush_all()
        inserts = []
        original = type(self.Event)._insert
        with patch.object(
            type(self.Event), "_insert", lambda self, rows, *a: (inserts.append(rows), original(self, rows, *a))
        ):
            self.Event._flush()
        self.assertEqual([len(rows) for rows in inserts], [100])
