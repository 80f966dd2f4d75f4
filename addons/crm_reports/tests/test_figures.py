from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase

COUNTED = ("contacts_in", "contacts_out", "activities_done", "meetings_held", "date_moves", "first_answer_hours")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestFigures(ReportCase):
    """What happened to leads is counted once, in the background, and followed by the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM crm_lead_event")
        cls.facts, cls.passages = cls.env["crm.lead.facts"], cls.env["crm.lead.passage"]
        cls.lead = cls.leads.filtered(lambda lead: lead.active and lead.won_status == "pending")[0]

    def _tell(self, kind, hours, lead=None, **data):
        self.env["crm.lead.event"]._record(
            [
                {
                    "lead_id": (lead or self.lead).id,
                    "kind": kind,
                    "moment": NOW - timedelta(hours=hours),
                    "data": data or None,
                }
            ]
        )

    def _run(self):
        """As if every event told so far were of transactions that have ended."""
        self.env["crm.lead.event"]._flush()
        marks = type(self.env["crm.lead.event.mark"])
        table, horizon, highest = self.env["crm.lead.event.mark"]._where_the_log_stands()
        with (
            self.enter_registry_test_mode(),
            patch.object(marks, "_where_the_log_stands", return_value=(table, horizon + 1, highest)),
        ):
            self.env.ref("crm_reports.ir_cron_figures").method_direct_trigger()
        self.env.invalidate_all()

    def _facts(self):
        return self.facts.search([("lead_id", "=", self.lead.id)])

    def test_off(self):
        """As installed nothing is counted, and the job does nothing."""
        self.assertFalse(self.env.ref("crm_reports.ir_cron_figures").active)
        self._run()
        self.assertFalse(self.facts.search_count([]))

    def test_counted_and_followed(self):
        """Switched on all leads are counted; what happens later is followed; counting it all anew says the same."""
        self._tell("message_in", 30)
        self._tell("message_in", 29)
        self._tell("message_out", 26)
        self.facts._switch(True)
        self._run()
        self.assertEqual(self.facts.search_count([]), len(self.leads))
        self.assertRecordValues(
            self._facts(), [{"contacts_in": 2, "contacts_out": 1, "meetings_held": 0, "first_answer_hours": 4}]
        )
        self._tell("meeting_held", 5)
        self._tell("call_out", 4)
        self._tell("closing_date_moved", 3, **{"from": "2026-03-01", "to": "2026-04-01"})
        self._tell("closing_date_moved", 2, **{"from": "2026-04-01", "to": "2026-03-20"})
        self._tell("closing_date_moved", 1, **{"from": "2026-03-20", "to": False})
        self._run()
        followed = self._facts().read(COUNTED)[0]
        self.assertEqual(
            [
                followed[name]
                for name in ("contacts_in", "contacts_out", "activities_done", "meetings_held", "date_moves")
            ],
            [3, 3, 2, 1, 1],
        )
        self.env.cr.execute("DELETE FROM crm_lead_facts")
        self.facts._switch(True)
        self._run()
        again = self._facts().read(COUNTED)[0]
        self.assertEqual({**followed, "id": 0}, {**again, "id": 0})
        self.assertEqual(self.lead.contacts_out, 3)

    def test_passages(self):
        """A lead that went to the second stage, back, and was lost: three stays, with what came of them."""
        first, second = self.stages[:2]
        lead = self.lead
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s, stage_id = %s WHERE id = %s",
            [NOW - timedelta(days=10), first.id, lead.id],
        )
        self.env.invalidate_all()
        self._tell("stage_moved", 24 * 8, **{"from": first.id, "to": second.id})
        self._tell("stage_moved", 24 * 7, **{"from": second.id, "to": first.id})
        self._tell("lost", 24 * 3, reason=False)
        self.facts._switch(True)
        self._run()
        self.assertRecordValues(
            self.passages.search([("lead_id", "=", lead.id)], order="entered"),
            [
                {"stage_id": first.id, "days": 2, "outcome": "on", "went_on": 100, "next_stage_id": second.id},
                {"stage_id": second.id, "days": 1, "outcome": "back", "went_on": 0, "next_stage_id": first.id},
                {"stage_id": first.id, "days": 4, "outcome": "lost", "went_on": 0, "next_stage_id": False},
            ],
        )

    def test_stage_gone(self):
        """Stays in a stage that was deleted are gone with it; the rest stays."""
        gone = self.env["crm.stage"].create({"name": "Gone"})
        self._tell("stage_moved", 9, **{"from": gone.id, "to": self.stages[0].id})
        self.facts._switch(True)
        self._run()
        gone.unlink()
        self._tell("note", 1)
        self._run()
        self.assertEqual(self.passages.search([("lead_id", "=", self.lead.id)]).stage_id, self.stages[0])

    def test_switched_off(self):
        """Off, what happens is not counted any more."""
        self.facts._switch(True)
        self._run()
        self.facts._switch(False)
        self._tell("meeting_held", 1)
        self._run()
        self.assertFalse(self._facts().meetings_held)
        self.assertFalse(self.env.ref("crm_reports.ir_cron_figures").active)

    def test_lead_deleted(self):
        """Facts and stays go with their lead."""
        self.facts._switch(True)
        self._run()
        self.lead.unlink()
        self.assertFalse(self.facts.search_count([("lead_id", "=", self.lead.id)]))

    def test_figure_reports(self):
        """Reports of what is counted: the group's value is that of its leads."""
        for hours, lead in enumerate(self.leads[:30], 1):
            self._tell("message_in", 50 + hours, lead)
            self._tell("message_out", 50, lead)
        self.facts._switch(True)
        self._run()
        groups = self.env["crm.lead"].formatted_read_group(
            [("id", "in", self.leads.ids), ("active", "in", [True, False])],
            ["user_id"],
            ["first_answer_hours:avg", "contacts_in:sum", "__count"],
        )
        for group in groups:
            user = self.env["res.users"].browse(group["user_id"] and group["user_id"][0])
            hours = [n for n, lead in enumerate(self.leads[:30], 1) if lead.user_id == user]
            self.assertEqual(group["contacts_in:sum"] or 0, len(hours))
            self.assertAlmostEqual(group["first_answer_hours:avg"] or 0, sum(hours) / (len(hours) or 1), 5)
