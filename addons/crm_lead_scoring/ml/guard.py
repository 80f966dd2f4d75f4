"""Finds columns that give the answer away: filled in when the outcome was known."""

from dataclasses import dataclass

import numpy as np

from .linear import learn_bayes
from .measures import auc
from .schema import learn
from .table import MISSING, NUMBER, Tags

ALMOST_PERFECT = 0.97  # one column alone, of what was kept as it was
TOO_GOOD = 0.88  # one column alone, of what nobody kept: it may have been filled in later
FILLED = 0.6  # how much more often it is filled in where the lead was won (or lost)
LEAST = 30


@dataclass(frozen=True, slots=True)
class Leak:
    """
    :param str name: of the feature
    :param str reason: `alone`: it separates won from lost almost by itself; `filled`: it is
        filled in on one kind mostly
    :param float value: the AUC of the column alone, or by how much (share) it is filled in more
    :param bool on_won: filled in on won leads rather than on lost ones
    """

    name: str
    reason: str
    value: float
    on_won: bool = True


def leaks(history, weight, seed):
    """
    :param History history:
    :param weight: float64[n]
    :return: tuple of Leak, at most one for each feature
    """
    if min(history.won.sum(), (~history.won).sum()) < LEAST:
        return ()
    half = _half(history.table.lead, seed)
    found = (_leak(feature, history, weight, half) for feature in history.table.features)
    return tuple(leak for leak in found if leak)


def _leak(feature, history, weight, half):
    if feature.as_it_stands:
        known = _known(feature, history.table.columns[feature.name])
        on_won = np.average(known[history.won], weights=weight[history.won])
        on_lost = np.average(known[~history.won], weights=weight[~history.won])
        if abs(on_won - on_lost) > FILLED:
            return Leak(feature.name, "filled", float(abs(on_won - on_lost)), bool(on_won > on_lost))
    alone = _alone(feature, history, weight, half)
    limit = TOO_GOOD + _by_luck(alone, history, half) if feature.as_it_stands else ALMOST_PERFECT
    return Leak(feature.name, "alone", alone) if alone > min(limit, ALMOST_PERFECT) else None


def _by_luck(area, history, half):
    """How much of an AUC may be luck where there are few leads: 1.64 standard errors (Hanley and McNeil 1982)."""
    won, lost = ((history.won == kind)[~half].sum() for kind in (True, False))
    of_won, of_lost = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (won - 1) * (of_won - area**2) + (lost - 1) * (of_lost - area**2)
    return 1.64 * np.sqrt(max(spread, 0) / max(won * lost, 1))


def _known(feature, column):
    if isinstance(column, Tags):
        return np.diff(column.ends, prepend=0) > 0
    if feature.is_flag:
        return column == 1
    return ~np.isnan(column) if feature.kind == NUMBER else column != MISSING


def _alone(feature, history, weight, half):
    """AUC of the column alone on the half of the leads that it did not learn from."""
    table = history.table
    only = type(table)((feature,), {feature.name: table.columns[feature.name]}, table.lead)
    first, second = np.flatnonzero(half), np.flatnonzero(~half)
    schema = learn(only, table.lead)
    if not schema:
        return 0.5
    bayes = learn_bayes(schema, only.take(first), history.won[first], weight[first])
    return auc(history.won[second], bayes.margin(schema, only.take(second)), weight[second])


def _half(leads, seed):
    _leads, place = np.unique(leads, return_inverse=True)
    return (np.random.default_rng(seed).random(place.max() + 1) < 0.5)[place]
