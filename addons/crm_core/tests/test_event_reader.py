from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .event_common import EventCase

DAY = [datetime(2026, 3, day, 10) for day in range(1, 20)]


@tagged("post_install", "-at_install")
class TestEventReader(EventCase):
    """What engines and reports read out of the log."""

    def at(self, moment, **vals):
        with freeze_time(moment):
            self.lead.write(vals)
            self.Event._flush()

    def test_as_of(self):
        """What the lead was on each day, told backwards from today."""
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-03-01' WHERE id = %s", (self.lead.id,))
        self.env.invalidate_all()
        self.env["ir.config_parameter"].set_param("crm_core.event_log_start", '{"moment": "2026-03-01 00:00:00"}')
        first, tag = self.lead.stage_id, self.env["crm.tag"].create({"name": "hot"})
        self.at(DAY[2], stage_id=self.stage.id, expected_revenue=500, tag_ids=tag.ids)
        self.at(DAY[4], expected_revenue=900, date_deadline="2026-06-01", user_id=self.users["otto"].id)
        for moment, expected in (
            (DAY[1], (first.id, self.users["olga"].id, 0, None, set())),
            (DAY[2], (self.stage.id, self.users["olga"].id, 500, None, {tag.id})),
            (DAY[3], (self.stage.id, self.users["olga"].id, 500, None, {tag.id})),
            (DAY[5], (self.stage.id, self.users["otto"].id, 900, "2026-06-01", {tag.id})),
        ):
            with self.subTest(moment=moment):
                state = self.Event._as_of(self.lead, moment)[self.lead.id]
                found = (state.stage_id, state.user_id, state.amount, state.closing_date, set(state.tag_ids))
                self.assertEqual(found, expected)
                self.assertFalse(state.unknown)
        self.assertEqual(self.Event._as_of(self.lead, datetime(2026, 2, 1)), {}, "it was not there yet")

    def test_as_of_unknown(self):
        """Before the log began nothing can be known; with the history built, what Odoo had tracked."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_core.event_log_start", '{"moment": "2100-01-01 00:00:00"}')
        self.env.flush_all()
        state = self.Event._as_of(self.lead, datetime(2099, 1, 1))[self.lead.id]
        self.assertLessEqual({"stage_id", "closing_date", "tag_ids"}, state.unknown)
        parameters.set_param("crm_core.event_log_past_told", "1")
        state = self.Event._as_of(self.lead, datetime(2099, 1, 1))[self.lead.id]
        self.assertEqual(state.unknown, {"closing_date", "tag_ids", "open_steps"})

    def test_open_steps(self):
        """A step is open from when it was planned until it is done."""
        with freeze_time(DAY[1]):
            step = self.lead.activity_schedule("mail.mail_activity_data_todo", DAY[8].date())
            self.Event._flush()
        with freeze_time(DAY[3]):
            step.action_feedback()
            self.Event._flush()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-03-01' WHERE id = %s", (self.lead.id,))
        self.env.invalidate_all()
        steps = [self.Event._as_of(self.lead, moment)[self.lead.id].open_steps for moment in DAY[:5]]
        open_step = (("mail.activity", step.id, "2026-03-09"),)
        self.assertEqual(steps, [(), open_step, open_step, (), ()])

    def _tell(self, *told):
        self.Event._record([{"lead_id": lead.id, "kind": kind, "moment": moment} for lead, kind, moment in told])

    def test_events_of(self):
        """In columns, in order, by kind and until a moment; one query a chunk."""
        other = self.leads["south_sara"]
        self._tell(
            (self.lead, "message_out", DAY[3]),
            (self.lead, "message_in", DAY[1]),
            (other, "message_in", DAY[2]),
            (other, "note", DAY[2]),
        )
        (events,) = self.Event._events_of((self.lead | other).ids, kinds=("message_in", "message_out"), until=DAY[5])
        self.assertEqual(list(events.lead), sorted([self.lead.id] * 2 + [other.id]))
        lead_events = [
            (events.kinds[kind], datetime.utcfromtimestamp(moment))
            for lead, kind, moment in zip(events.lead, events.kind, events.moment, strict=True)
            if lead == self.lead.id
        ]
        self.assertEqual(lead_events, [("message_in", DAY[1]), ("message_out", DAY[3])])
        self.assertFalse(list(self.Event._events_of(self.lead.ids, kinds=("message_in",), until=DAY[1])))
        with self.assertQueryCount(2):
            self.assertEqual(len(list(self.Event._events_of((self.lead | other).ids, ("message_in",), chunk=1))), 2)

    def test_contacts(self):
        """First and last contact each way, the first answer, touches; notes and machines do not count."""
        self._tell(
            (self.lead, "message_out", DAY[1]),
            (self.lead, "message_in", DAY[2]),
            (self.lead, "auto_reply", DAY[3]),
            (self.lead, "note", DAY[4]),
            (self.lead, "call_out", DAY[5]),
            (self.lead, "meeting_held", DAY[6]),
        )
        self.assertEqual(
            self.Event._contacts_of(self.lead.ids)[self.lead.id]._asdict(),
            {
                "first_touch": DAY[2],
                "last_touch": DAY[6],
                "first_in": DAY[2],
                "last_in": DAY[6],
                "first_out": DAY[1],
                "last_out": DAY[6],
                "ins": 2,
                "outs": 3,
                "first_answer": DAY[5],
            },
        )

    # -- following the log ---------------------------------------------------------------------

    def _read(self):
        return self.env["crm.lead.event.mark"]._read_on("a test")[0]

    def _ended_before_this_one(self):
        """Where the log stands when every earlier transaction has ended."""
        table, _horizon, highest = self.env["crm.lead.event.mark"]._where_the_log_stands()
        self.env.cr.execute("SELECT pg_current_xact_id()::text::bigint")
        return table, self.env.cr.fetchone()[0], highest

    def test_follow(self):
        """Rows of this very transaction are not handed out: it may still roll back."""
        self._tell((self.lead, "note", DAY[1]))
        self.Event._flush()
        mark = type(self.env["crm.lead.event.mark"])
        self.assertNotIn((self.lead.id, "note"), self._read())
        table, horizon, highest = self._ended_before_this_one()
        with patch.object(mark, "_where_the_log_stands", return_value=(table, horizon + 1, highest)):
            self.assertIn((self.lead.id, "note"), self._read())
            self.assertEqual(self._read(), [], "each row once")

    def test_late_row(self):
        """A row with a low number that becomes visible late is not skipped."""
        self._tell((self.lead, "note", DAY[1]), (self.lead, "won", DAY[1]))
        self.Event._flush()
        mark = type(self.env["crm.lead.event.mark"])
        table, horizon, highest = self._ended_before_this_one()
        note, won = self.Event.search([("lead_id", "=", self.lead.id)], order="id desc", limit=2).sorted("id").ids
        # the one with the higher number was written by an earlier transaction that has ended
        self.env.cr.execute("UPDATE crm_lead_event SET xact = xact - 1 WHERE id = %s", (won,))
        with patch.object(mark, "_where_the_log_stands", return_value=(table, horizon, highest)):
            self.assertEqual(self._read()[-1:], [(self.lead.id, "won")])
        with patch.object(mark, "_where_the_log_stands", return_value=(table, horizon + 1, highest)):
            self.assertIn((self.lead.id, "note"), self._read())
        self.assertLess(note, won)

    def test_restored_elsewhere(self):
        """A database restored on another server numbers its transactions anew: nothing is skipped."""
        self._tell((self.lead, "note", DAY[1]))
        self.Event._flush()
        model = self.env["crm.lead.event.mark"]
        table, horizon, highest = model._where_the_log_stands()
        with patch.object(type(model), "_where_the_log_stands", return_value=(table, horizon + 10**9, highest)):
            self._read()
        self._tell((self.lead, "won", DAY[2]))
        self.Event._flush()
        with patch.object(type(model), "_where_the_log_stands", return_value=("another", horizon, highest + 1)):
            self.assertEqual(self._read(), [(self.lead.id, "won")])
