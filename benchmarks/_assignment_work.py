"""Leads that wait, sharing them out, and what each of them should have afterwards."""

import time
from pathlib import Path

from odoo import api, sql_db
from odoo.tools import SQL

from benchmarks import _assignment_by_hand as by_hand

# every second lead waits in a team, two of four are leads and become opportunities
LEADS = """
    INSERT INTO crm_lead (
        name, type, active, team_id, stage_id, company_id, probability, automated_probability, won_status,
        expected_revenue, prorated_revenue, partner_name, contact_name, email_from, email_normalized,
        email_domain_criterion, country_id, priority, create_uid, write_uid, create_date, write_date,
        date_last_stage_update
    )
    SELECT %(kind)s || ' ' || n, CASE WHEN mod(n, 4) < 2 THEN 'lead' ELSE 'opportunity' END, TRUE,
           CASE WHEN mod(n, 2) = 1 THEN teams.ids[1 + mod(n / 2, 3)] END, stages.id, 1, p, p, 'pending',
           mod(n, 1000), mod(n, 1000) * p / 100, 'Company ' || n, 'Person ' || n, mail, mail,
           '@' || split_part(mail, '@', 2),
           1 + mod(n, 200), '1', 1, 1, now() - n * interval '1 second', now() - n * interval '1 second',
           now() - n * interval '1 second'
      FROM generate_series(0, %(size)s - 1) AS n,
           LATERAL (SELECT 1 + mod(n * 37, 90) AS p,
                           lower(%(kind)s) || n || '@company' || n || '.example.com' AS mail) own,
           (SELECT min(id) AS id FROM crm_stage WHERE is_won IS NOT TRUE) stages,
           (SELECT array_agg(id ORDER BY id) AS ids FROM crm_team
             WHERE starts_with(name->>'en_US', 'Bench team ')) teams
"""
LEFT_OUT_OF_DIGEST = ("id", "create_date", "write_date", "date_last_stage_update")
OUTCOME = """
    SELECT count(*) AS leads,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM crm_team_member member WHERE member.user_id = lead.user_id
                  AND member.crm_team_id = lead.team_id AND member.active)) AS owned,
           count(*) FILTER (WHERE lead.date_open IS NOT NULL) AS opened,
           count(*) FILTER (WHERE lead.type = 'opportunity') AS converted,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM mail_followers follower JOIN res_users owner ON owner.partner_id = follower.partner_id
                WHERE follower.res_model = 'crm.lead' AND follower.res_id = lead.id
                  AND owner.id = lead.user_id)) AS followed,
           count(*) FILTER (WHERE note.number = 1) AS noted_once,
           count(*) FILTER (WHERE note.told = lead.expected) AS tracked,
           count(*) FILTER (WHERE (
               SELECT count(*) = 1 AND bool_and(user_id = lead.user_id AND team_id = lead.team_id)
                 FROM crm_assignment_decision decision WHERE decision.lead_id = lead.id)) AS decided,
           count(*) FILTER (WHERE (
               SELECT count(*) = 1 AND bool_and(event.res_id IS NOT NULL AND (event.data->>'user')::int = lead.user_id)
                 FROM crm_lead_event event WHERE event.lead_id = lead.id AND event.kind = 'assigned')) AS told
      FROM (SELECT *, concat_ws(
                    ', ', CASE WHEN mod(n, 2) = 0 THEN 'team_id ' || team_id END,
                    CASE WHEN mod(n, 4) < 2 THEN 'type Opportunity' END, 'user_id ' || user_id) AS expected
              FROM (SELECT *, substr(name, 7)::int AS n FROM crm_lead WHERE starts_with(name, 'Bench ')) numbered) lead
      LEFT JOIN LATERAL (
           SELECT count(DISTINCT message.id) AS number,
                  string_agg(field.name || ' ' || COALESCE(NULLIF(value.new_value_integer, 0)::text,
                             value.new_value_char), ', ' ORDER BY field.name) AS told
             FROM mail_message message
             LEFT JOIN mail_tracking_value value ON value.mail_message_id = message.id
             LEFT JOIN ir_model_fields field ON field.id = value.field_id
            WHERE message.model = 'crm.lead' AND message.res_id = lead.id) note ON TRUE
"""
OWNED = "SELECT count(*) AS owned FROM crm_lead WHERE starts_with(name, 'Bench ') AND user_id IS NOT NULL"
EXTRAS = """
    SELECT count(lookalike_of_id) AS lookalikes, count(attention_state) AS attention
      FROM crm_lead WHERE starts_with(name, 'Bench ')
"""
_before = {}


def loaded(registry):
    """The addons that this process runs with: a side has to be what it is called."""
    return sorted(registry._init_modules)


def switch_on(registry, is_all=False):
    """Our method, on the side that has one; as in stock, leads become opportunities. `is_all`: loyalty, with
    look-alikes, and attention too."""
    with registry.cursor() as cr:
        env = _env(cr)
        teams = env["crm.team"].search([("name", "=like", "Bench team %")])
        if "assignment_method" in teams._fields:
            teams.write({"assignment_method": "round_robin", "assignment_convert": True, "assignment_loyal": is_all})
        if is_all:
            env["res.config.settings"].create({"group_crm_attention": True, "crm_lookalikes": True}).execute()


def extras(registry):
    """How many leads are marked as look-alikes, how many have a state of attention."""
    with registry.cursor() as cr:
        cr.execute(EXTRAS)
        return cr.dictfetchone()


def fill(registry, kind, size):
    with registry.cursor() as cr:
        cr.execute(LEADS, {"kind": kind, "size": size})
        cr.execute("ANALYZE crm_lead")


def digest(registry):
    """Equal where both sides hold the same leads."""
    with registry.cursor() as cr:
        cr.execute(
            SQL(
                "SELECT md5(string_agg(md5((%s)::text), '' ORDER BY name)) FROM crm_lead"
                " WHERE starts_with(name, 'Bench ')",
                SQL(", ").join(SQL.identifier(name) for name in _stock_columns(cr)),
            )
        )
        return cr.fetchone()[0]


def _stock_columns(cr):
    """What `fill` writes: the other columns are empty on both sides."""
    names = LEADS.partition("(")[2].partition(")")[0]
    return [name.strip() for name in names.split(",") if name.strip() not in LEFT_OUT_OF_DIGEST]


def share(registry):
    """Odoo's own entry point, as its job calls it, with real commits."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = _memory("VmRSS")
    queries, start = sql_db.sql_counter, time.perf_counter()
    with registry.cursor() as cr:
        _env(cr)["crm.team"]._cron_assign_leads(force_quota=True, creation_delta_days=0)
    seconds, peak = time.perf_counter() - start, _memory("VmHWM")
    queries = sql_db.sql_counter - queries
    return {"seconds": seconds, "queries": queries, "mb": round(peak), "grown_mb": round(peak - before)}


def _memory(name):
    """In MB, as the system counts it."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def outcome(registry):
    """How many leads have what each should have."""
    with registry.cursor() as cr:
        cr.execute(OUTCOME if "crm.assignment.decision" in registry else OWNED)
        return cr.dictfetchone()


def remember(registry, number):
    """How some of the leads, all over the range, are before they are given to anybody."""
    with registry.cursor() as cr:
        _before.update(by_hand.remember(cr, number))


def unlike_by_hand(registry):
    """What differs between the sample and what the ORM writes where a person assigns the same leads: nothing."""
    with registry.cursor() as cr:
        return by_hand.unlike(_env(cr), _before)


def _env(cr):
    return api.Environment(cr, api.SUPERUSER_ID, {})
