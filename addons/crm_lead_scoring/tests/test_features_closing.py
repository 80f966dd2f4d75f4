from datetime import datetime, timedelta

import numpy as np

from odoo.tests import tagged

from .features_common import ARRIVAL, CLOSED, FeaturesCase

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@tagged("post_install", "-at_install")
class TestFeaturesOfClosing(FeaturesCase):
    """How it ended never enters, and which leads are learned from."""

    def test_closing_never_enters(self):
        """Neither the won stage, nor what came with closing, nor anything later."""
        lead = self.lead(expected_revenue=10)
        with self.at(CLOSED):
            lead.message_post(body="We won it")
            lead.write({"expected_revenue": 99, "stage_id": self.won.id})
        self.write(lead, CLOSED + DAY, expected_revenue=500)
        history = self.history(ages=(0, 30, 60))
        self.assertTrue(history.won.all())
        self.assertColumn(history.table, "expected_revenue", [10, 10])
        self.assertColumn(history.table, "stage_id", [self.first.id] * 2)
        for name in ("count.stage_moved", "count.amount_changed", "count.note"):
            self.assertColumn(history.table, name, [0, 0])

    def test_closed_within_the_hour(self):
        """The row of the arrival ends before closing; the closing minute belongs to it."""
        lead = self.lead()
        closed = ARRIVAL + HOUR / 2
        self.tell(lead, ("message_in", ARRIVAL + HOUR / 4), ("note", closed - timedelta(seconds=2)))
        self.win(lead, closed)
        table = self.history().table
        self.assertColumn(table, "count.message_in", [1])
        self.assertColumn(table, "count.note", [0])
        self.assertColumn(table, "count.stage_moved", [0])
        self.assertColumn(table, "stage_id", [self.first.id])

    def test_created_and_won_at_once(self):
        """In one transaction: one row, in which nothing has happened yet and there was no stage."""
        moment = datetime(2026, 3, 2, 9, 0, 0, 500_000)
        with self.at(moment):
            lead = self.lead(moment, stage_id=self.won.id)
        later = self.lead(moment)
        self.write(later, moment, stage_id=self.won.id)
        history = self.history()
        self.assertEqual(history.won.tolist(), [True, True])
        self.assertEqual(sorted(history.table.lead), sorted((lead | later).ids))
        at = history.table.lead.tolist().index(lead.id)
        self.assertIsNone(self.column(history.table, "stage_id")[at])
        self.assertEqual(self.column(history.table, "stage_id")[1 - at], self.first.id)
        self.assertColumn(history.table, "count.stage_moved", [0, 0])
        self.assertColumn(history.table, "days.age", [0, 0])

    def test_reopened(self):
        """The last closing counts: what was known while it was open again is known."""
        lead = self.lead()
        self.lose(lead, ARRIVAL + 2 * DAY)
        with self.at(ARRIVAL + 5 * DAY):
            lead.action_unarchive()
        self.tell(lead, ("message_in", ARRIVAL + 6 * DAY))
        self.win(lead, ARRIVAL + 10 * DAY)
        history = self.history()
        self.assertColumn(history.table, "days.age", [round(1 / 24, 4), 1, 3, 7])
        self.assertColumn(history.table, "count.message_in", [0, 0, 0, 1])
        self.assertTrue(history.won.all())

    def test_lost_then_won(self):
        """A lead that was lost and won later without being open between: rows up to the first of it."""
        lead = self.lead()
        self.lose(lead, ARRIVAL + 2 * DAY)
        self.tell(lead, ("won", ARRIVAL + 10 * DAY))
        self.assertColumn(self.history().table, "days.age", [round(1 / 24, 4), 1])

    def test_companies(self):
        """A company learns from its own leads; those without company follow their team's, else the main one."""
        main = self.env["res.company"].search([], order="id", limit=1)
        other = self.env["res.company"].create({"name": "Another"})
        far = self.env["crm.team"].create({"name": "Far", "company_id": other.id})
        whose = {self.lead(): self.company, self.lead(team_id=False): other, self.lead(team_id=False): main}
        # by SQL: Odoo itself gives a lead its team's company
        without = list(whose)[1:]
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id IN %s", [(without[0].id, without[1].id)])
        self.env.cr.execute("UPDATE crm_lead SET team_id = %s WHERE id = %s", [far.id, without[0].id])
        self.env.invalidate_all()
        for lead in whose:
            self.lose(lead)
        for lead, company in whose.items():
            for asked in (self.company, other, main):
                found = self.history("city", company=asked).table.lead
                self.assertEqual(lead.id in found, asked == company)

    def test_newest(self):
        """Of too many the newest by arrival, told in order of arrival, however they ended."""
        leads = [self.lead(ARRIVAL + day * DAY) for day in (3, 1, 2, 0)]
        for number, lead in enumerate(leads):
            (self.win if number % 2 else self.lose)(lead, CLOSED)
        history = self.history(ages=(0,), limit=3)
        self.assertEqual(history.table.lead.tolist(), [leads[1].id, leads[2].id, leads[0].id])
        self.assertEqual(history.won.tolist(), [True, False, False])
        self.assertTrue((np.diff(history.arrived) > 0).all())

    def test_open_for(self):
        """Days for which the open leads have been open; nothing closed is an empty history."""
        self.lead()
        with self.at(CLOSED):
            history = self.history()
        self.assertEqual(history.open_for.tolist(), [49.0])
        self.assertEqual(len(history), 0)
        self.assertEqual({len(column) for column in history.table.columns.values()}, {0})
