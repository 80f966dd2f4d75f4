"""A million events of 100,000 leads: written by SQL, read as engines do, and worked into attention states."""

import resource
import time

from odoo import api

KINDS = ("message_in", "message_out", "note", "call_out", "stage_moved")
EACH = 10
FEW = 100
MOST_MB, FLAT_MB = 1024, 20


def fill(registry, leads):
    """Leads that all have a step planned, each with ten events."""

    def work(env):
        env.cr.execute(
            """
            INSERT INTO crm_lead (name, type, active, team_id, stage_id, company_id, create_date, write_date,
                                  won_status, probability, automated_probability, date_last_stage_update)
            SELECT 'Read ' || n, 'opportunity', TRUE, (SELECT min(id) FROM crm_team),
                   (SELECT min(id) FROM crm_stage), 1, now() - interval '60 days', now(), 'pending', 10, 10,
                   now() - interval '60 days'
              FROM generate_series(1, %s) n
            """,
            [leads],
        )
        env.cr.execute(
            """
            INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, company_id)
            SELECT lead.id, (%s::varchar[])[1 + (lead.id + n) %% 5],
                   date_trunc('second', now() AT TIME ZONE 'UTC') - (n || ' days')::interval, now(), 1
              FROM crm_lead lead, generate_series(1, %s) n WHERE lead.name LIKE 'Read %%'
            """,
            [list(KINDS), EACH],
        )
        return env.cr.rowcount == leads * EACH

    return _timed(registry, work)


def read_columns(registry, leads):
    """All of it, chunk by chunk: at most 3 seconds."""

    def work(env):
        ids = _lead_ids(env.cr, leads)
        return sum(len(events) for events in env["crm.lead.event"]._events_of(ids)) == leads * EACH

    return _timed(registry, work, limit=3)


def read_memory(registry, leads):
    """What reading adds to the process at its height: at most 1 GB, and no more for all leads than for half of them."""
    before = _peak_mb()
    halves = _read(registry, leads // 2)
    half = _peak_mb()
    start = time.perf_counter()
    complete = _read(registry, leads) == 2 * halves == leads * EACH
    whole = _peak_mb()
    return {
        "suite_s": round(time.perf_counter() - start, 3),
        "half_mb": round(half - before, 1),
        "mb": round(whole - before, 1),
        "ok": complete and whole - before <= MOST_MB and whole - half <= FLAT_MB,
    }


def _read(registry, leads):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        return sum(len(events) for events in env["crm.lead.event"]._events_of(_lead_ids(cr, leads)))


def _lead_ids(cr, leads):
    cr.execute("SELECT id FROM crm_lead WHERE name LIKE 'Read %%' ORDER BY id LIMIT %s", [leads])
    return [row[0] for row in cr.fetchall()]


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def attention_of_all(registry, leads):
    def work(env):
        return env["crm.lead"]._attention_refresh(_lead_ids(env.cr, leads)) == leads

    return _timed(registry, work)


def attention_of_few(registry, leads):
    """The job where a hundred leads of a hundred thousand have something new: as dear as the change."""

    def work(env):
        env.cr.execute(
            "UPDATE crm_lead SET attention_state = 'stalled',"
            " attention_next = now() AT TIME ZONE 'UTC' - interval '1 minute'"
            " WHERE id IN (SELECT id FROM crm_lead WHERE name LIKE 'Read %%' LIMIT %s)",
            [FEW],
        )
        due = env["crm.lead"]._attention_due()
        return env["crm.lead"]._attention_refresh(due) >= FEW

    return _timed(registry, work, limit=1)


def _timed(registry, work, limit=None):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        start = time.perf_counter()
        done = work(env)
        cr.commit()
        cr.execute("ANALYZE crm_lead_event")
        seconds = time.perf_counter() - start
    return {"suite_s": round(seconds, 3), "ok": done and (limit is None or seconds <= limit)}
