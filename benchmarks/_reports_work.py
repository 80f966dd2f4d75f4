"""Inside an Odoo process: leads of five years and their events by SQL, and pivots as the web client asks for them."""

import json
import statistics
import time
from ast import literal_eval

LEADS = """
SELECT setseed(0.42);
CREATE TEMP TABLE world AS
SELECT n, random() AS state, random() AS luck, 1 + floor(random() * 40)::int AS country,
       (%(sources)s::int[])[1 + floor(random() * 15)::int] AS source,
       (%(campaigns)s::int[])[1 + floor(random() * 30)::int] AS campaign,
       NULLIF((0 || %(users)s::int[])[1 + floor(random() * (1 + cardinality(%(users)s::int[])))::int], 0)
           AS salesperson,
       (%(teams)s::int[])[1 + floor(random() * cardinality(%(teams)s::int[]))::int] AS team,
       (%(stages)s::int[])[1 + floor(random() * cardinality(%(stages)s::int[]))::int] AS stage,
       (%(reasons)s::int[])[1 + floor(random() * cardinality(%(reasons)s::int[]))::int] AS reason,
       CASE WHEN random() < 0.95 THEN round((exp(random() * 5 + 6))::numeric, 2) ELSE 0 END AS amount,
       date_trunc('second', now() AT TIME ZONE 'UTC') - interval '1830 days'
           + n * interval '1825 days' / %(size)s AS came
  FROM generate_series(1, %(size)s) n;
INSERT INTO crm_lead (name, type, active, user_id, team_id, stage_id, company_id, create_date, write_date, date_open,
                      date_closed, won_status, probability, automated_probability, date_last_stage_update,
                      country_id, source_id, campaign_id, lost_reason_id, phone_state, email_state, day_open,
                      expected_revenue, prorated_revenue, recurring_revenue_monthly, date_deadline, date_conversion)
SELECT 'Bench ' || n, 'opportunity', NOT is_lost, salesperson, team, CASE WHEN is_won THEN %(won)s ELSE stage END, 1,
       came, came, came, CASE WHEN is_won OR is_lost THEN came + (1 + luck * 60) * interval '1 day' END,
       CASE WHEN is_won THEN 'won' WHEN is_lost THEN 'lost' ELSE 'pending' END,
       probability, probability, came, country, source, campaign, CASE WHEN is_lost THEN reason END, 'correct',
       'correct', luck * 3, amount, amount * probability / 100, CASE WHEN luck < 0.2 THEN amount / 12 ELSE 0 END,
       CASE WHEN luck < 0.8 THEN (came + luck * 120 * interval '1 day')::date END, came
  FROM (SELECT *, state < 0.25 AS is_won, state >= 0.25 AND state < 0.7 AS is_lost,
               CASE WHEN state < 0.25 THEN 100 WHEN state < 0.7 THEN 0 ELSE round(luck * 90) END AS probability
          FROM world) drawn
 ORDER BY n;
DROP TABLE world;
"""
# three touches, and six steps more; the lead's id draws what differs
EVENTS = """
INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, company_id, data)
SELECT lead.id, told.kind, lead.create_date + told.hours * (1 + lead.id %% 7) * interval '1 hour', now(), 1, told.data
  FROM crm_lead lead
  CROSS JOIN LATERAL (VALUES
       ('created', 0, NULL::jsonb), ('message_in', 1, NULL), ('message_out', 3, NULL), ('message_in', 20, NULL),
       ('activity_planned', 21, NULL), ('activity_done', 40, NULL), ('message_in', 60, NULL),
       ('note', 61, NULL), ('message_out', 62, NULL),
       ('stage_moved', 30, jsonb_build_object('from', %(first)s, 'to', %(second)s))) told(kind, hours, data)
 WHERE lead.name LIKE 'Bench %%' AND lead.id >= %(low)s AND lead.id < %(high)s
"""
ACTIVITIES = """
INSERT INTO mail_message (model, res_id, subtype_id, mail_activity_type_id, author_id, date, create_date, message_type)
SELECT 'crm.lead', lead.id, %(subtype)s, (%(types)s::int[])[1 + lead.id %% cardinality(%(types)s::int[])],
       partner.id, lead.create_date + interval '40 hours', now(), 'notification'
  FROM crm_lead lead JOIN res_users salesperson ON salesperson.id = lead.user_id
  JOIN res_partner partner ON partner.id = salesperson.partner_id
 WHERE lead.name LIKE 'Bench %%' AND lead.id %% 2 = 0
"""
CHUNK = 100_000
# as many measures of stock's as the report has of ours
STOCK_MONEY = (
    "expected_revenue",
    "prorated_revenue",
    "recurring_revenue_monthly",
    "recurring_revenue_monthly_prorated",
)
PERIODS = {
    "last_12_months": 365,
    "last_90_days": 90,
    "last_30_days": 30,
    "this_month": 31,
    "this_year": 366,
}  # at most so many days
# counted from the log: stock has nothing like it, and is asked for another number of the same leads
COUNTED = ("contacts_in", "contacts_out", "activities_done", "meetings_held", "date_moves", "first_answer_hours")
STOCK_NUMBERS = ("day_open", "day_close", "probability", "color", "automated_probability")


def _env(cr, uid=1):
    from odoo import api

    return api.Environment(cr, uid, {})


def fill(registry, size):
    """The same leads on both sides; where the log is, ten events each, three of them touches."""
    with registry.cursor() as cr:
        env = _env(cr)
        stages = env["crm.stage"].search([("is_won", "=", False)]).ids
        values = {
            "size": size,
            "stages": stages,
            "won": env["crm.stage"].search([("is_won", "=", True)], limit=1).id,
            "users": env["res.users"].search([("login", "like", "sales%")]).ids,
            "teams": env["crm.team"].search([]).ids,
            "reasons": env["crm.lost.reason"].search([]).ids,
            "sources": env["utm.source"].create([{"name": f"Bench source {n}"} for n in range(15)]).ids,
            "campaigns": env["utm.campaign"].create([{"name": f"Bench campaign {n}"} for n in range(30)]).ids,
        }
        cr.execute(LEADS, values)
        types = env["mail.activity.type"].search([]).ids
        cr.execute(ACTIVITIES, {"subtype": env.ref("mail.mt_activities").id, "types": types})
        cr.execute("SELECT min(id), max(id) FROM crm_lead")
        low, high = cr.fetchone()
        cr.commit()
        if "crm.lead.event" in env:
            for start in range(low, high + 1, CHUNK):
                steps = {"first": stages[0], "second": stages[1], "low": start, "high": start + CHUNK}
                cr.execute(EVENTS, steps)
                cr.commit()
            cr.execute(
                "UPDATE crm_lead SET attention_state ="
                " (ARRAY['waiting_for_us', 'overdue', 'no_next_step', 'stalled', 'on_track', 'sleeping'])[1 + id % 6]"
                " WHERE won_status = 'pending'"
            )
            cr.commit()
        _settle(cr)
    return True


def _settle(cr):
    connection = cr._cnx
    connection.autocommit = True
    cr.execute("VACUUM ANALYZE")
    connection.autocommit = False


def count(registry):
    """Seconds until all that happened is counted, as the job does it."""
    with registry.cursor() as cr:
        facts = _env(cr)["crm.lead.facts"]
        facts._switch(True)
        cr.commit()
        start = time.perf_counter()
        facts._cron_follow()
        cr.commit()
        took = round(time.perf_counter() - start, 1)
        _settle(cr)
    return took


def share_out(registry):
    """Seconds until all won money is shared out among the touches, as the job does it."""
    with registry.cursor() as cr:
        env = _env(cr)
        env["res.config.settings"].create({"crm_attribution": True}).set_values()
        cr.commit()
        start = time.perf_counter()
        env["crm.attribution.share"]._cron_follow()
        cr.commit()
        took = round(time.perf_counter() - start, 1)
        _settle(cr)
    return took


def reports(registry):
    """Each report as its pivot asks, and the same question with what stock can measure."""
    with registry.cursor() as cr:
        env, found = _env(cr), []
        for report in env["crm.report"].search([("filter_id", "=", False)]):
            filters = [_filter(env, report, name) for name in report._words("filters")]
            base = {
                "name": report.name,
                "model": report.model,
                "domain": literal_eval(report.action_id.domain),
                "filters": [leaf for domain in filters for leaf in domain],
                "rows": report._words("rows"),
                "columns": report._words("columns"),
                "measures": report._words("measures"),
            }
            found.append({**base, "question": _of_stock(env, base)})
    return found


def _filter(env, report, name):
    from lxml import etree

    view = report.action_id.search_view_id.id or None
    search = etree.fromstring(env[report.model].get_view(view, "search")["arch"])
    return literal_eval(search.xpath(f"//filter[@name='{name}']")[0].get("domain"))


def _of_stock(env, report):
    """None where stock has no such groups or filter."""
    if report["model"] != "crm.lead":
        return None if report["model"] == "crm.lead.passage" else report
    own = ("attention_state", "probability_band", "age_band", "amount_band", "industry_id", "company_size")
    asked = [*report["rows"], *report["columns"], *(leaf[0] for leaf in report["domain"])]
    if any(name in own for name in asked):
        return None
    fields = env["crm.lead"]._fields
    kinds = [fields[name].type == "monetary" for name in report["measures"] if name != "__count"]
    counted = bool(set(report["measures"]) & set(COUNTED))
    money, numbers = STOCK_MONEY[: sum(kinds)], STOCK_NUMBERS[: len(kinds) - sum(kinds)]
    return {**report, "measures": [*money, *numbers, "__count"], "nearest": counted}


def boards(registry):
    """Each figure, chart and list of each dashboard, asked as for a report."""
    with registry.cursor() as cr:
        env, found = _env(cr), []
        names = [f"crm_reports.{name}" for name in env["ir.model.data"].search(
            [("module", "=", "crm_reports"), ("model", "=", "spreadsheet.dashboard")]).mapped("name")]  # fmt: skip
        for board in env["spreadsheet.dashboard"].browse([env.ref(name).id for name in names]):
            found += _of_board(board.name, json.loads(board.spreadsheet_data))
    return found


def _of_board(name, data):
    days = next((PERIODS[own["defaultValue"]] for own in data["globalFilters"] if "defaultValue" in own), 0)
    charts = [figure["data"] for figure in data["sheets"][0]["figures"] if "metaData" in figure["data"]]
    for pivot_ in data["pivots"].values():
        rows, columns = ([_with_granularity(one) for one in pivot_[side]] for side in ("rows", "columns"))
        measures = [one["fieldName"] for one in pivot_["measures"]]
        yield _asked(name, pivot_["name"], pivot_, days, rows, columns, measures)
    for chart in charts:
        meta = chart["metaData"]
        asked = {"model": meta["resModel"], "domain": chart["searchParams"]["domain"], **chart}
        yield _asked(name, chart["title"]["text"], asked, days, meta["groupBy"], [], [meta["measure"]])
    for listing_ in data["lists"].values():
        order = ", ".join(f"{one['name']} {'asc' if one['asc'] else 'desc'}" for one in listing_["orderBy"])
        yield {**_asked(name, listing_["name"], listing_, days, [], [], listing_["columns"]), "order": order}


def _with_granularity(dimension):
    return ":".join(filter(None, (dimension["fieldName"], dimension.get("granularity"))))


def _asked(board, name, source, days, rows, columns, measures):
    matching = source["fieldMatching"].get("period", {})
    filters = [[matching["chain"], ">=", f"-{days * (1 - matching.get('offset', 0))}d"]] if days and matching else []
    return {
        "name": f"{board}: {name}", "model": source["model"], "domain": source["domain"], "filters": filters,
        "rows": rows, "columns": columns, "measures": measures, "question": None,
    }  # fmt: skip


def listing(registry, asked, period, times):
    """The same for the first records of a list."""
    from odoo.fields import Domain

    with registry.cursor() as cr:
        env, took = _env(cr, uid=2), []
        domain = Domain(asked["domain"]) & (Domain(asked["filters"]) if period == "period" else Domain.TRUE)
        for _ in range(times):
            env.invalidate_all()
            start = time.perf_counter()
            specification = {name: {} for name in asked["measures"]}
            env[asked["model"]].web_search_read(list(domain), specification, limit=10, order=asked["order"])
            took.append(time.perf_counter() - start)
        cr.rollback()
    return {**_spread(took), "groups": 1}


def pivot(registry, report, period, times):
    """Median and 95th percentile of asking for all grouping sets, as a sales manager."""
    from odoo.fields import Domain

    with registry.cursor() as cr:
        env = _env(cr, uid=2)
        model = env[report["model"]]
        domain = Domain(report["domain"])
        if period == "period":
            domain &= Domain(report["filters"])
        rows, columns = report["rows"], report["columns"]
        sets = [[], rows, columns, rows + columns] if columns else [[], rows]
        aggregates = ["__count"]
        for name in report["measures"]:
            if name != "__count":
                field = model._fields[name]
                aggregates.append(f"{name}:{field.aggregator or 'sum'}")
                if field.type == "monetary":
                    aggregates += [f"{field.get_currency_field(model)}:array_agg_distinct", f"{name}:sum_currency"]
        took = []
        for _ in range(times):
            env.invalidate_all()
            start = time.perf_counter()
            groups = model.formatted_read_grouping_sets(list(domain), sets, list(dict.fromkeys(aggregates)))
            took.append(time.perf_counter() - start)
        cr.rollback()
    return {**_spread(took), "groups": len(groups[-1])}


def _spread(took):
    took.sort()
    p95 = took[min(int(0.95 * len(took)), len(took) - 1)]
    return {"median": round(statistics.median(took), 4), "p95": round(p95, 4)}
