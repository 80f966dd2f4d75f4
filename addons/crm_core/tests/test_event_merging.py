from contextlib import closing

from odoo.sql_db import Savepoint
from odoo.tests import tagged

from .event_common import EventCase


@tagged("post_install", "-at_install")
class TestEventMerging(EventCase):
    """Where events go when leads are merged, deleted or rolled back."""

    def test_merge(self):
        """Events go over to the lead that stays and keep where they came from."""
        other = self.env["crm.lead"].create({"name": "other", "type": "opportunity", "team_id": self.north.id})
        other.expected_revenue = 5
        self.Event._flush()
        head = (self.lead | other).merge_opportunity()
        tail_id = (self.lead | other).ids[0] if head == other else other.id
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", head.id)])
        self.assertIn("created", events.filtered(lambda event: event.origin_id == tail_id).mapped("kind"))
        self.assertEqual(events.filtered(lambda event: event.kind == "merged").data, {"from": [tail_id]})
        self.assertFalse(self.Event.search([("lead_id", "=", tail_id)]))

    def _merge_leads(self, number):
        leads = self.env["crm.lead"].create([{"name": f"merge {n}", "team_id": self.north.id} for n in range(number)])
        self.Event._flush()
        return leads

    def _told_with_origin(self, lead):
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", lead.id)], order="id")
        return [(event.kind, event.origin_id) for event in events]

    def test_merge_within_a_transaction(self):
        """What a tail changed just before is told of the lead that stays; a tail that lives on has a log of its own."""
        head, tail = self._merge_leads(2)
        tail.expected_revenue = 5
        self.Event._repoint(head, tail)
        tail.user_id = self.users["otto"]
        self.assertEqual(
            self._told_with_origin(head),
            [("created", 0), ("created", tail.id), ("amount_changed", tail.id), ("merged", 0)],
        )
        self.assertEqual(self._told_with_origin(tail), [("owner_changed", 0)])

    def test_merge_of_a_merged_lead(self):
        """Over two merges and the deletion of the tails, each event keeps the lead that it came from at first."""
        first, second, third = self._merge_leads(3)
        with self.assertQueryCount(2):  # one for both merges, one for what is told of them
            self.Event._repoint(second, third)
            self.Event._repoint(first, second)
        (second | third).unlink()
        self.assertEqual(
            sorted(self._told_with_origin(first)),
            [("created", 0), ("created", second.id), ("created", third.id), ("merged", 0), ("merged", second.id)],
        )

    def test_head_deleted(self):
        """The lead that stays is deleted after all: what came to it goes as well."""
        head, tail = self._merge_leads(2)
        self.Event._repoint(head, tail)
        head.unlink()
        self.assertEqual(self._told_with_origin(tail), [])

    def test_merge_while_paused(self):
        """What is in the log follows the merge, even if nothing is added to it."""
        head, tail = self._merge_leads(2)
        self.env["ir.config_parameter"].set_param("crm_core.event_log_paused", "1")
        self.Event._repoint(head, tail)
        self.assertEqual(self._told_with_origin(head), [("created", 0), ("created", tail.id)])

    def test_gone_before_it_was_told(self):
        """A lead that was rolled back is not told of and does no harm to what is."""
        with closing(Savepoint(self.env.cr)):  # rolled back
            gone = self.env["crm.lead"].create({"name": "gone"})
            self.env.flush_all()
        gone.invalidate_recordset(flush=False)
        self.lead.expected_revenue = 3
        self.assertEqual([kind for kind, _data in self.told()], ["amount_changed"])
        self.assertEqual(self.told(gone), [])

    def test_deleted_leads_cost_nothing(self):
        """Nothing is asked of leads that are deleted in the same transaction."""
        self.lead.expected_revenue = 7
        self.lead.unlink()
        with self.assertQueryCount(0):
            self.Event._flush()

    def test_deleted_with_the_lead(self):
        lead_id = self.lead.id
        self.lead.expected_revenue = 7
        self.lead.unlink()
        self.Event._flush()
        self.env.cr.execute("SELECT count(*) FROM crm_lead_event WHERE lead_id = %s", (lead_id,))
        self.assertEqual(self.env.cr.fetchone(), (0,))
