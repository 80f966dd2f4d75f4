"""Runs in an Odoo process: leads shared out as jobs do it, with real commits, killed or stopped in the middle."""

import random

from benchmarks._assignment_work import OUTCOME, _env, fill  # noqa: F401  (called by name)
from tests.install.killing import killed

GIVEN = """
    SELECT (SELECT count(*) FROM crm_lead WHERE starts_with(name, 'Bench ')) AS leads,
           (SELECT count(*) FROM crm_lead WHERE starts_with(name, 'Bench ') AND user_id IS NOT NULL) AS owned,
           (SELECT count(*) FROM crm_assignment_decision WHERE user_id IS NOT NULL) AS given,
           (SELECT count(DISTINCT lead_id) FROM crm_assignment_decision WHERE user_id IS NOT NULL) AS leads_given,
           (SELECT max(number) FROM (SELECT count(*) AS number FROM crm_lead WHERE user_id IS NOT NULL
                                      AND starts_with(name, 'Bench ') GROUP BY user_id) own) AS most,
           (SELECT count(*) FROM (SELECT FROM crm_assignment_decision WHERE user_id IS NULL
                                   GROUP BY lead_id HAVING count(*) > 1) twice) AS left_twice
"""
TURNS = """
    SELECT turn.team_id,
           (SELECT jsonb_object_agg(member.id, last.place) FROM (
               SELECT user_id, max(place) AS place FROM (
                   SELECT user_id, row_number() OVER (ORDER BY id) AS place FROM crm_assignment_decision
                    WHERE team_id = turn.team_id AND user_id IS NOT NULL) given GROUP BY user_id) last
             JOIN crm_team_member member ON member.user_id = last.user_id AND member.crm_team_id = turn.team_id
           ) AS told, turn.turns
      FROM crm_assignment_turn turn WHERE turn.turns <> '{}'
"""


def set_up(registry, maximum, batch):
    """Members with this maximum, runs in batches of this size."""
    _runs().BATCH = batch
    with registry.cursor() as cr:
        env = _env(cr)
        teams = env["crm.team"].search([("name", "=like", "Bench team %")])
        teams.assignment_method = "round_robin"
        teams.assignment_convert = True
        teams.crm_team_member_ids.assignment_max = maximum


def in_batches_of(_registry, batch):
    _runs().BATCH = batch


def _runs():
    from odoo.addons.crm_assignment.models import crm_assignment_run

    return crm_assignment_run


def share(registry):
    with registry.cursor() as cr:
        _env(cr)["crm.team"]._cron_assign_leads(force_quota=True, creation_delta_days=0)


def begin(registry):
    """A run as the button starts it; a job goes on with it."""
    with registry.cursor() as cr:
        env = _env(cr)
        env["crm.assignment.run"]._start(env["crm.team"].search([("name", "=like", "Bench team %")]))


def go_on(registry):
    with registry.cursor() as cr:
        _env(cr)["crm.assignment.run"]._cron_go_on()


def outcome(registry):
    """How many leads have what each should have."""
    return _one(registry, OUTCOME)


def given(registry):
    return _one(registry, GIVEN)


def turns(registry):
    """[(team, {member: place of his last turn}, what is remembered of it)]"""
    with registry.cursor() as cr:
        cr.execute(TURNS)
        return cr.fetchall()


def runs(registry):
    with registry.cursor() as cr:
        cr.execute("SELECT state, total, done, given, failed, error FROM crm_assignment_run ORDER BY id")
        return cr.dictfetchall()


def owner(registry, name):
    with registry.cursor() as cr:
        cr.execute("SELECT user_id FROM crm_lead WHERE name = %s", [name])
        return cr.fetchone()[0]


def _one(registry, query):
    with registry.cursor() as cr:
        cr.execute(query)
        return cr.dictfetchone()


# -- killed in the middle ----------------------------------------------------------------------


def kill_at_points(registry, seed, times, span):
    """Go on with the run, each time in a process of its own that kills itself at a random point.

    :param int span: the points are drawn from the next so many statements and commits
    :return: (how many died so, how many came to an end before)
    """
    chance, died = random.Random(seed), 0
    for _time in range(times):
        died += killed(registry, lambda: go_on(registry), chance.randint(1, span))
    return died, times - died


# -- stopped from elsewhere --------------------------------------------------------------------


def go_on_and_be_stopped(registry):
    """A run that somebody stops, on another connection, right after its first batch is committed."""
    model = registry["crm.assignment.run"]
    known_commit, batches = model._commit, []

    def commit(run, processed, remaining):
        answer = known_commit(run, processed, remaining)
        if processed:
            batches.append(processed)
        if batches == [processed] and processed:
            with registry.cursor() as cr:
                _env(cr)["crm.assignment.run"].browse(run.id).action_stop()
        return answer

    model._commit = commit
    try:
        go_on(registry)
    finally:
        model._commit = known_commit
    return batches


# -- held by somebody --------------------------------------------------------------------------

_open = []


def hold(registry, name):
    """A salesperson writes a lead and has not committed yet."""
    cr = registry.cursor()
    _open.append(cr)
    lead = _env(cr)["crm.lead"].search([("name", "=", name)])
    lead.description = "Called back"
    lead.env.flush_all()


def let_go(_registry):
    cr = _open.pop()
    cr.commit()
    cr.close()
