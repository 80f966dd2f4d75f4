"""How much each past row counts when learning."""

import numpy as np

DAY = 86_400
MOST = 4.0  # nobody speaks for more than this many leads that are still open


def row_weights(history):
    """A lead counts once, however many rows it has; slow ones count for those still open too.

    Leads that are closed quickly are closed first: among the newest ones the slow, mostly lost
    ones are still missing. Each closed lead therefore also stands for those of its kind that are
    open still (inverse probability of censoring, Robins and Rotnitzky 1992).

    :return: float64[n], mean 1 over leads
    """
    if not len(history):
        return np.empty(0)
    _leads, place, rows = np.unique(history.table.lead, return_inverse=True, return_counts=True)
    weight = 1 / rows[place]
    if len(history.open_for):
        weight = weight * _still_to_come(history, weight)
    return weight * len(rows) / weight.sum()


def _still_to_come(history, weight):
    """1 / the share of leads of whom one would know by now that they took this long (Kaplan-Meier)."""
    times = np.floor(np.concatenate((history.closed_after, history.open_for)))
    open_now = np.concatenate((np.zeros(len(history)), np.ones(len(history.open_for))))
    counts = np.concatenate((weight, np.ones(len(history.open_for))))
    values, place = np.unique(times, return_inverse=True)
    leaving = np.bincount(place, counts * open_now, len(values))
    closing = np.bincount(place, counts * (1 - open_now), len(values))
    at_risk = np.cumsum((leaving + closing)[::-1])[::-1] - closing
    # who closes at this very moment was seen: only what happened before counts against him
    seen = np.concatenate(([1.0], np.cumprod(1 - leaving / np.maximum(at_risk, 1e-9))[:-1]))
    return np.minimum(1 / np.maximum(seen[place[: len(history)]], 1e-9), MOST)


def recency(arrived, now, half_life):
    """Halves with each half-life that a lead is old. :param half_life: days, None: all count the same"""
    if half_life is None:
        return np.ones(len(arrived))
    return 0.5 ** ((now - arrived) / DAY / half_life)
