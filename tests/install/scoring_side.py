"""Runs in an Odoo process: a company's learned score, learned anew and killed in the middle."""

import random

from benchmarks._scoring_size_work import _env
from benchmarks._scoring_size_work import fill as fill  # called by name
from tests.install.killing import killed, killed_in

STATE = """
    SELECT (SELECT array_agg(number) FROM crm_scoring_model WHERE state = 'live') AS live,
           count(*) AS open, count(*) FILTER (WHERE win_score IS NULL) AS unscored
      FROM crm_lead WHERE active AND won_status = 'pending' AND starts_with(name, 'Bench ')
"""


def switch_on(registry):
    with registry.cursor() as cr:
        _env(cr)["res.company"].search([]).crm_scoring_engine = "suite"


def night(registry):
    with registry.cursor() as cr:
        _env(cr)["crm.lead"]._cron_update_automated_probabilities()


def learn_anew(registry):
    """As a manager asks for it."""
    with registry.cursor() as cr:
        _env(cr)["res.company"].search([], order="id", limit=1).crm_scoring_learn_now = True


def state(registry):
    """Which versions are in use, whether what is in use can be read, and how many open leads have no score."""
    with registry.cursor() as cr:
        cr.execute(STATE)
        [found] = cr.dictfetchall()
        registry.clear_cache()
        return found | {"serves": len(_env(cr)["crm.scoring.model"]._any_serving())}


def kill_at_points(registry, seed, times, span):
    """A night that learns anew, each time killed at one of its next `span` statements and commits.

    :return: (how many died so, the state after each)
    """
    chance, died, states = random.Random(seed), 0, []
    for _time in range(times):
        learn_anew(registry)
        died += killed(registry, lambda: night(registry), chance.randint(1, span))
        states.append(state(registry))
    return died, states


def kill_while_learning(registry):
    """A night, killed when what was learned is about to be put in use."""
    died = killed_in(registry, lambda: night(registry), "crm.scoring.model", "_put_in_use")
    return died, state(registry)
