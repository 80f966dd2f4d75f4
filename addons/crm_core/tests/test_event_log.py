from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .event_common import EventCase


@tagged("post_install", "-at_install")
class TestEventLog(EventCase):
    """The log itself: who writes and reads it, and what it costs."""

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
