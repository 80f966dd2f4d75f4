"""Inside an Odoo process: leads by SQL, nightly jobs, single leads."""

import resource
import statistics
import time

CLOSED = 0.4  # of the leads; half of them won
WORLD = """
SELECT setseed(0.42);
CREATE TEMP TABLE world AS
SELECT n, 1 + floor(random() * 40)::int AS country,
       (%(sources)s::int[])[1 + floor(random() * 15)::int] AS source,
       floor(random() * 6)::int AS messages, random() AS luck, random() AS state,
       (%(stages)s::int[])[1 + floor(random() * cardinality(%(stages)s::int[]))::int] AS stage
  FROM generate_series(1, %(size)s) n;
"""
LEADS = """
WITH new AS (
INSERT INTO crm_lead (name, type, active, team_id, stage_id, company_id, create_date, write_date,
                      date_closed, won_status, probability, automated_probability,
                      date_last_stage_update, country_id, source_id, phone_state, email_state,
                      expected_revenue)
SELECT 'Bench ' || n, 'opportunity', NOT (state < %(closed)s AND NOT wins), (SELECT min(id) FROM crm_team),
       CASE WHEN state < %(closed)s AND wins THEN %(won)s ELSE stage END, 1, came, came,
       CASE WHEN state < %(closed)s THEN came + interval '20 days' END,
       CASE WHEN state >= %(closed)s THEN 'pending' WHEN wins THEN 'won' ELSE 'lost' END,
       CASE WHEN state >= %(closed)s THEN 10 WHEN wins THEN 100 ELSE 0 END,
       CASE WHEN state >= %(closed)s THEN 10 WHEN wins THEN 100 ELSE 0 END, came, country, source,
       CASE WHEN luck < 0.6 THEN 'correct' END, 'correct', 1000
  FROM (SELECT *, date_trunc('second', now() AT TIME ZONE 'UTC') - interval '700 days'
                  + n * interval '600 days' / %(size)s AS came,
               luck < 0.2 + country / 100.0 + messages / 20.0 AS wins FROM world) drawn
RETURNING id, name)
INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, company_id)
SELECT new.id, kind, lead.create_date + hours * interval '1 hour', now(), 1
  FROM new JOIN world ON 'Bench ' || world.n = new.name
  JOIN (SELECT n, date_trunc('second', now() AT TIME ZONE 'UTC') - interval '700 days'
                  + n * interval '600 days' / %(size)s AS create_date FROM world) lead ON lead.n = world.n
  CROSS JOIN LATERAL (
        SELECT 'created' AS kind, 0 AS hours
        UNION ALL SELECT 'message_in', 5 * step FROM generate_series(1, world.messages) step
        UNION ALL SELECT 'message_out', 5 * step + 2 FROM generate_series(1, world.messages) step) told;
INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, company_id)
SELECT id, won_status, date_closed, now(), 1
  FROM crm_lead WHERE name LIKE 'Bench %%' AND won_status <> 'pending';
INSERT INTO crm_tag_rel (lead_id, tag_id)
SELECT id, (%(tags)s::int[])[1 + id %% 12] FROM crm_lead WHERE name LIKE 'Bench %%';
"""


def _env(cr):
    from odoo import SUPERUSER_ID, api

    return api.Environment(cr, SUPERUSER_ID, {})


def fill(registry, size):
    """Leads over two years with country, source, tags and events; who is answered and from where decides a little."""
    with registry.cursor() as cr:
        env = _env(cr)
        tags = env["crm.tag"].create([{"name": f"Bench tag {number}"} for number in range(12)])
        sources = env["utm.source"].create([{"name": f"Bench source {number}"} for number in range(15)])
        won = env["crm.stage"].search([("is_won", "=", True)], limit=1)
        stages = env["crm.stage"].search([("is_won", "=", False)]).ids
        cr.execute("UPDATE ir_config_parameter SET value = '2000-01-01' WHERE key = 'crm.pls_start_date'")
        values = {
            "size": size, "won": won.id, "stages": stages, "sources": sources.ids, "tags": tags.ids, "closed": CLOSED,
        }  # fmt: skip
        cr.execute(WORLD, values)
        cr.execute(LEADS, values)
        cr.execute("DROP TABLE world")
        cr.commit()
        registry_connection = cr._cnx
        registry_connection.autocommit = True
        cr.execute("VACUUM ANALYZE crm_lead")
        cr.execute("VACUUM ANALYZE crm_lead_event")
        registry_connection.autocommit = False
    return True


def nights(registry, side):
    """Two nights; on the suite's side with what learning and scoring took of them."""
    with registry.cursor() as cr:
        env, parts = _env(cr), {}
        if side == "suite":
            env["res.company"].search([]).crm_scoring_engine = "suite"
            cr.commit()
            _watch(type(env["crm.scoring.model"]), "_learn_where_due", parts, "learn")
            _watch(type(env["crm.lead"]), "_score_all", parts, "score")
        first = _timed(cr, env["crm.lead"]._cron_update_automated_probabilities)
        found = {"first_s": first, "mb": _mb(), **{f"{name}_s": took for name, (took, _mb_then) in parts.items()}}
        if side == "suite":
            found["learn_mb"] = parts["learn"][1]
        env.invalidate_all()
        cr.execute("SELECT now() AT TIME ZONE 'UTC'")
        moment = cr.fetchone()[0]
        cr.commit()
        found["again_s"] = _timed(cr, env["crm.lead"]._cron_update_automated_probabilities)
        cr.execute("SELECT count(*) FROM crm_lead WHERE won_status = 'pending' AND active")
        found["open"] = cr.fetchone()[0]
        cr.execute(
            "SELECT count(*), count(*) FILTER (WHERE win_score_at >= %s) FROM crm_lead WHERE win_score IS NOT NULL",
            [moment],
        )
        found["scored"], found["again_written"] = cr.fetchone()
        version = env["crm.scoring.model"].search([("state", "=", "live")], limit=1)
        return found | {"state": version.verdict or ""}


def _watch(model, name, parts, key):
    inner = getattr(model, name)

    def timed(self):
        start = time.perf_counter()
        result = inner(self)
        parts[key] = (round(time.perf_counter() - start, 2), _mb())
        return result

    setattr(model, name, timed)


def _timed(cr, work):
    start = time.perf_counter()
    work()
    cr.commit()
    return round(time.perf_counter() - start, 2)


def saves(registry, count):
    """Saving one lead: another country, a transaction each."""
    with registry.cursor() as cr:
        cr.execute("SELECT id FROM crm_lead WHERE won_status = 'pending' AND active ORDER BY id DESC LIMIT %s", [count])
        leads = [row[0] for row in cr.fetchall()]
    took = []
    for number, lead in enumerate(leads):
        with registry.cursor() as cr:
            record = _env(cr)["crm.lead"].browse(lead)
            start = time.perf_counter()
            record.write({"country_id": 1 + number % 40, "email_from": f"someone@example{number}.com"})
            cr.commit()
            took.append(1000 * (time.perf_counter() - start))
    return _times(took)


def ones(registry, count):
    """Scoring one lead anew."""
    with registry.cursor() as cr:
        cr.execute("SELECT id FROM crm_lead WHERE won_status = 'pending' AND active ORDER BY id DESC LIMIT %s", [count])
        leads = [row[0] for row in cr.fetchall()]
    took = []
    for lead in leads:
        with registry.cursor() as cr:
            env = _env(cr)
            env["crm.lead"].browse(lead).mapped("name")
            start = time.perf_counter()
            env["crm.lead"]._score_refresh([lead], moved=0)
            took.append(1000 * (time.perf_counter() - start))
    return _times(took)


def _times(took):
    return {"median": round(statistics.median(took), 2), "p95": round(sorted(took)[int(0.95 * len(took))], 2)}


def _mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
