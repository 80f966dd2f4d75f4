"""The open deals of a loaded history, shared out anew among those who had deals before."""

import time
from collections import defaultdict

from odoo import api, sql_db

MAXIMA = (200, 300, 400)  # in turn, where capacity decides


def share_open(registry, method, load):
    with registry.cursor() as cr:
        deals = _free_deals(cr)
        members = _members(_env(cr), method, load)
    queries, start = sql_db.sql_counter, time.perf_counter()
    with registry.cursor() as cr:
        _env(cr)["crm.team"]._cron_assign_leads(force_quota=True, creation_delta_days=0)
    seconds, queries = time.perf_counter() - start, sql_db.sql_counter - queries
    with registry.cursor() as cr:
        return {"suite_s": round(seconds, 3), "queries": queries, **_spread(_env(cr), deals, members, method)}


def _free_deals(cr):
    cr.execute(
        "UPDATE crm_lead SET user_id = NULL, date_open = NULL WHERE active AND won_status = 'pending' RETURNING id"
    )
    return [row[0] for row in cr.fetchall()]


def _members(env, method, load):
    """Those who had deals in the history; the others are paused."""
    owners = env["crm.lead"].with_context(active_test=False).search([("user_id", "!=", False)]).user_id
    members = env["crm.team.member"].search([("crm_team_id.user_id", "!=", False)])
    active = members.filtered(lambda member: member.user_id in owners)
    (members - active).assignment_optout = True
    for number, member in enumerate(active.sorted("id")):
        member.assignment_max = MAXIMA[number % len(MAXIMA)] if method == "weighted" else MAXIMA[-1]
    active.crm_team_id.write({"assignment_method": method, "assignment_load": load})
    return active.ids


def _spread(env, deals, member_ids, method):
    from odoo.addons.crm_assignment.allocation.evenness import gap, gini

    members = env["crm.team.member"].browse(member_ids)
    numbers, values, agents = dict.fromkeys(member_ids, 0), dict.fromkeys(member_ids, 0.0), {}
    by_place = {(member.crm_team_id, member.user_id): member.id for member in members}
    for deal in env["crm.lead"].browse(deals):
        member_id = by_place.get((deal.team_id, deal.user_id))
        if member_id:
            numbers[member_id] += 1
            values[member_id] += deal.expected_revenue
    teams = defaultdict(list)
    for member in members:
        part = numbers[member.id] / member.assignment_max if method == "weighted" else numbers[member.id]
        teams[member.crm_team_id].append((part, values[member.id], member.assignment_max))
        agents[member.user_id.name] = [numbers[member.id], round(values[member.id])]
    differences = [gap(part for part, _value, _max in own) for own in teams.values()]
    # by capacity: a lead more or less of the smallest maximum
    most = max(1 / min(maximum for *_rest, maximum in own) for own in teams.values()) if method == "weighted" else 1
    by_value = {(team.assignment_method, team.assignment_load) for team in teams} == {("least_loaded", "value")}
    return {
        "size": len(deals),
        "given": sum(numbers.values()),
        "largest_difference": round(max(differences), 4),
        "gini": round(max(gini(part for part, _value, _max in own) for own in teams.values()), 4),
        "value_gini": round(max(gini(value for _part, value, _max in own) for own in teams.values()), 4),
        "agents": agents,
        "within": by_value or max(differences) <= most + 1e-9,
        "ok": bool(deals) and sum(numbers.values()) == len(deals),
    }


def _env(cr):
    return api.Environment(cr, api.SUPERUSER_ID, {})
