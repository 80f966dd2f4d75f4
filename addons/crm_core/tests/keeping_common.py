from collections import Counter
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time

from ..models import crm_lead_event_chore
from .event_common import EventCase

NOW = datetime(2026, 3, 15, 10)
OLD = [datetime(2024, month, 10, 10) for month in range(1, 13)]


class KeepingCase(EventCase):
    def tell(self, kind, moment=NOW, lead=None, **values):
        self.Event._record([{"lead_id": (lead or self.lead).id, "kind": kind, "moment": moment, **values}])
        self.Event._flush()

    def job(self, name, batch=2):
        """Run a job as the scheduler does, two events at a time."""
        with (
            freeze_time(NOW),
            patch.object(crm_lead_event_chore, "BATCH", batch),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(f"crm_core.ir_cron_event_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def begin_the_log_here(self):
        """The jobs go over what this test tells, not over what else is in the database."""
        self.env.cr.execute("DELETE FROM crm_lead_event")
        self.env.cr.execute("DELETE FROM crm_lead_event_total")
        self.env["crm.lead.event.retention"].search([]).unlink()
        self.env.cr.execute("ALTER SEQUENCE crm_lead_event_id_seq RESTART WITH 1")

    def kill(self, name, committed, batch=2):
        """Let a job die at its second range, just before or after that is committed."""
        cron, calls = type(self.env["ir.cron"]), []
        original = cron._commit_progress

        def commit(record, processed=0, **values):
            calls.append(processed)
            if len(calls) == 1 or committed:
                original(record, processed, **values)
            if len(calls) == 2:
                raise RuntimeError("killed")
            return 1

        job = self.env.ref(f"crm_core.ir_cron_event_{name}")
        with (
            freeze_time(NOW),
            patch.object(crm_lead_event_chore, "BATCH", batch),
            patch.object(cron, "_commit_progress", commit),
            self.enter_registry_test_mode(),
            self.assertRaisesRegex(RuntimeError, "killed"),
            self.registry.cursor() as cursor,
        ):
            self.env(cr=cursor)[job.model_id.model]._walk()
        self.env.invalidate_all()


class RetentionCase(KeepingCase):
    """A log of its own, and leads that were won, lost and archived."""

    def setUp(self):
        super().setUp()
        self.begin_the_log_here()
        self.closed, self.lost, self.archived = (
            self.leads["north_otto"],
            self.leads["south_sara"],
            self.leads["south_nobody"],
        )
        self.closed.action_set_won()
        self.lost.action_set_lost()
        self.archived.action_archive()
        self.Event._flush()

    def keep(self, *kinds, months=12):
        retention = self.env["crm.lead.event.retention"]
        lines = retention.with_user(self.users["mona"]).create([{"kind": kind, "months": months} for kind in kinds])
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead_event_retention SET write_date = %s", (NOW - timedelta(days=2),))
        self.env.invalidate_all()
        return lines

    def left(self):
        self.env.cr.execute("SELECT kind, count(*) FROM crm_lead_event GROUP BY kind")
        return Counter(dict(self.env.cr.fetchall()))

    def totals(self):
        numbers = Counter()
        for total in self.env["crm.lead.event.total"].search([]):
            numbers[total.kind] += total.number
        return numbers

    def tell_much(self):
        """Every month of 2024 a message, a note and a call on each lead that was closed one way or another."""
        for lead in (self.closed, self.lost, self.archived, self.lead):
            for moment in OLD:
                for kind in ("message_in", "note", "call_out"):
                    self.tell(kind, moment, lead)
            self.tell("message_in", NOW, lead)
