from datetime import datetime, timedelta

from odoo.tests import tagged

from .features_common import ARRIVAL, CLOSED, FeaturesCase

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("count.message_in", "count.message_out", "hours.first_answer", "hours.since_contact", "flag.next_step")


@tagged("post_install", "-at_install")
class TestFeaturesOfTheLog(FeaturesCase):
    """What happened to leads, as far as it had happened by then."""

    def test_kinds(self):
        """Every kind is counted but those that tell how it ended, and our own books."""
        names = {feature.name for feature in self.features()}
        self.assertLessEqual({"count.message_in", "count.meeting_held", "count.stage_moved", "count.converted"}, names)
        self.assertFalse(names & {"count.won", "count.lost", "count.reopened", "count.created", "count.tagged"})

    def test_later_events_do_not_show(self):
        """A row shows what happened before its moment; the same moment is too late."""
        lead = self.lead()
        self.tell(
            lead,
            ("message_in", ARRIVAL + HOUR / 2),
            ("message_out", ARRIVAL + 5 * HOUR),
            ("message_in", ARRIVAL + DAY),
            ("message_out", ARRIVAL + 10 * DAY),
        )
        self.lose(lead)
        history = self.history()
        table = history.table
        self.assertColumn(table, "days.age", [round(1 / 24, 4), 1, 3, 7, 14, 30])
        self.assertColumn(table, "count.message_in", [1, 1, 2, 2, 2, 2])
        self.assertColumn(table, "count.message_out", [0, 1, 1, 1, 2, 2])
        self.assertColumn(table, "hours.first_answer", [None, 5, 5, 5, 5, 5])
        self.assertColumn(table, "hours.their_answer", [None, None, 19, 19, 19, 19])
        self.assertColumn(table, "hours.since_contact", [0.5, 19, 48, 6 * 24, 4 * 24, 20 * 24])
        self.assertEqual(history.closed_after.round(4).tolist(), [49.0] * 6)

    def test_stage_age(self):
        """Days in the stage count from the last move, else from the arrival."""
        lead = self.lead()
        self.write(lead, ARRIVAL + 2 * DAY, stage_id=self.second.id)
        self.lose(lead)
        table = self.history(ages=(0, 1, 3)).table
        self.assertColumn(table, "days.in_stage", [round(1 / 24, 4), 1, 1])
        self.assertColumn(table, "count.stage_moved", [0, 0, 1])

    def test_open_step(self):
        """A step is open from when it was planned until it is done; a meeting takes its place."""
        lead = self.lead()
        with self.at(ARRIVAL + 2 * DAY):
            step = lead.activity_schedule("mail.mail_activity_data_todo", CLOSED.date())
        with self.at(ARRIVAL + 5 * DAY):
            step.action_feedback()
        self.lose(lead)
        self.assertColumn(self.history().table, "flag.next_step", [0, 0, 1, 0, 0, 0])

    def test_first_answer_before_the_customer(self):
        """Our first message to somebody who never wrote counts from the creation."""
        lead = self.lead()
        self.tell(lead, ("call_out", ARRIVAL + 3 * HOUR), ("message_in", ARRIVAL + 9 * HOUR))
        self.assertColumn(self.now(lead, *NAMES, at=ARRIVAL + DAY), "hours.first_answer", [3])

    def test_not_covered(self):
        """A lead whose beginning the log does not tell: its fields, nothing of what happened, no stage."""
        lead = self.lead(expected_revenue=100)
        self.tell(lead, ("message_in", ARRIVAL + HOUR))
        self.env.cr.execute("DELETE FROM crm_lead_event WHERE lead_id = %s AND kind = 'created'", (lead.id,))
        now = self.now(lead)
        self.lose(lead)
        history = self.history()
        for table in (now, history.table):
            self.assertColumn(table, "expected_revenue", [100])
            for name in ("count.message_in", "days.age", "days.in_stage", "flag.next_step", "stage_id", *NAMES):
                self.assertColumn(table, name, [None])
        self.assertEqual(history.closed_after.tolist(), [49.0])

    def test_log_paused(self):
        """While the log is paused nothing is told of new leads: they are not covered; nor is a lead
        whose end it missed."""
        missed = self.lead()
        self.env["ir.config_parameter"].set_param("crm_core.event_log_paused", "1")
        lead = self.lead()
        self.lose(lead)
        self.lose(missed)
        history = self.history()
        self.assertEqual(sorted(history.table.lead.tolist()), sorted((missed | lead).ids))
        self.assertColumn(history.table, "count.note", [None, None])
        self.assertColumn(history.table, "stage_id", [None, None])

    def test_older_than_the_log(self):
        """Of leads that began before the log, what Odoo kept no trace of is unknown."""
        lead = self.lead()
        self.tell(lead, ("message_in", ARRIVAL + HOUR))
        self.begin_log("2026-12-01 00:00:00", past_told="1")
        table = self.now(lead)
        self.assertColumn(table, "count.message_in", [1])
        for name in ("count.bounce", "count.meeting_cancelled", "flag.next_step"):
            self.assertColumn(table, name, [None])

    def test_forgotten(self):
        """What retention deleted of closed leads is unknown, later leads and other kinds are not."""
        for moment in (ARRIVAL, datetime(2026, 4, 2)):
            lead = self.lead(moment)
            self.tell(lead, ("note", moment + HOUR / 2))
            self.lose(lead)
        self.env.cr.execute("INSERT INTO crm_lead_event_total (month, kind, number) VALUES ('2026-03-01', 'note', 1)")
        table = self.history(ages=(0,)).table
        self.assertColumn(table, "count.note", [None, 1])
        self.assertColumn(table, "count.message_in", [0, 0])

    def test_merged(self):
        """What came with a merged lead did not happen to this one."""
        lead = self.lead()
        self.tell(lead, ("note", ARRIVAL + HOUR))
        self.env.cr.execute("UPDATE crm_lead_event SET origin_id = -1 WHERE lead_id = %s AND kind = 'note'", (lead.id,))
        self.assertColumn(self.now(lead), "count.note", [0])
