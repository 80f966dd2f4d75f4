"""Tries candidates on leads that came later than those they learned from."""

from dataclasses import dataclass

import numpy as np

from . import schema as schemas
from .linear import design, learn_bayes, learn_linear
from .measures import log_loss, logit, sigmoid
from .scorer import slope_of
from .trees import learn_trees
from .weights import recency

FOLDS, FIRST = 5, 0.45  # the first fold learns from this share of the leads
STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)
ROUNDS = (40, 80, 160, 240)
MOST_TREE_ROWS, MOST_ROWS, MOST_TRIAL_ROWS = 40_000, 100_000, 30_000
MIN_TREE_LEADS = 300
MARGIN = 0.001
SHORT = 60  # days of history in which nothing fades


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    :param str kind: `bayes`, `linear`, `trees` or `blend`
    :param float strength: of the linear part
    :param int rounds: of the trees
    """

    kind: str
    strength: float = 0.0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a candidate said of leads that it had not seen.

    :param Candidate candidate:
    :param margin: float64[m], log-odds
    """

    candidate: Candidate
    margin: np.ndarray


@dataclass(frozen=True, slots=True)
class Trial:
    """All candidates on the same unseen rows.

    :param rows: int64[m], rows of the history, in the order of arrival
    :param fold: int64[m]
    :param base: float64[m], log-odds of who knew only the base rate until then
    :param outcomes: tuple of Outcome
    """

    rows: np.ndarray
    fold: np.ndarray
    base: np.ndarray
    outcomes: tuple


def folds(leads, count=FOLDS, first=FIRST):
    """Rolling origin: learn from all that arrived before, try on those that arrived next.

    :param leads: int64[n], lead of each row, in the order of arrival
    :return: list of (rows to learn from, rows to try on)
    """
    _ids, firsts, place = np.unique(leads, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(firsts))[place]
    edges = np.linspace(first, 1, count + 1) * len(firsts)
    return [
        (np.flatnonzero(rank < low), np.flatnonzero((rank >= low) & (rank < high)))
        for low, high in zip(edges[:-1].round(), edges[1:].round(), strict=True)
    ]


def rate(won, weight, prior=0.5, count=2.0):
    """Share won, drawn a little towards one half so that it is never 0 or 1."""
    return (float((weight * won).sum()) + prior * count) / (float(weight.sum()) + count)


def half_lives(history):
    """Candidates for how fast old leads lose their weight, in days, by how long the history is."""
    span = (history.arrived[-1] - history.arrived[0]) / 86_400
    return (None,) if span < SHORT else (None, float(span), float(span / 2))


def best_half_life(history, weight):
    """The half-life with which a simple model does best on later leads, or None.

    A shorter memory must earn its place: each step has to be better by a thousandth.
    """
    found = []
    for step, half_life in enumerate(half_lives(history)):
        said, won, weights = [], [], []
        for past, later in folds(history.table.lead):
            table = history.table.take(past)
            faded = weight[past] * recency(history.arrived[past], history.arrived[past[-1]], half_life)
            schema = schemas.learn(table, table.lead)
            bayes = learn_bayes(schema, table, history.won[past], faded, smoothing=30)
            start = logit(rate(history.won[past], faded))
            said.append(start + 0.5 * bayes.parts(schema, history.table.take(later)).sum(axis=1))
            won.append(history.won[later])
            weights.append(weight[later])
        loss = log_loss(np.concatenate(won), sigmoid(np.concatenate(said)), np.concatenate(weights))
        found.append((loss + step * MARGIN, half_life))
    return min(found, key=lambda item: item[0])[1]


def trial(history, weight, half_life, seed, tell=lambda share: None):
    """Let every candidate say something of every unseen row.

    :param tell: called with the share (0 to 1) that is done
    :return: Trial
    """
    margins, rows, fold, base = {}, [], [], []
    parts = folds(history.table.lead)
    with_trees = len(np.unique(history.table.lead[parts[0][0]])) >= MIN_TREE_LEADS
    for number, (past, later) in enumerate(parts):
        faded = weight[past] * recency(history.arrived[past], history.arrived[past[-1]], half_life)
        said = _all_candidates(history.take(past), faded, history.table.take(later), seed, with_trees)
        for candidate, margin in said.items():
            margins.setdefault(candidate, []).append(margin)
        rows.append(later)
        fold.append(np.full(len(later), number))
        base.append(np.full(len(later), logit(rate(history.won[past], faded))))
        tell((number + 1) / len(parts))
    outcomes = [Outcome(candidate, np.concatenate(found)) for candidate, found in margins.items()]
    return Trial(np.concatenate(rows), np.concatenate(fold), np.concatenate(base), tuple(outcomes))


def _candidates(with_trees):
    linear = [Candidate("linear", strength) for strength in STRENGTHS]
    trees = [Candidate("trees", 0.0, rounds) for rounds in ROUNDS] if with_trees else []
    return [Candidate("bayes"), *linear, *trees]


def _all_candidates(past, weight, later, seed, with_trees):
    schema = schemas.learn(past.table, past.table.lead)
    bayes = learn_bayes(schema, past.table, past.won, weight).margin(schema, later)
    if not schema:  # nothing is known of these: all of them know the base rate
        return dict.fromkeys(_candidates(with_trees), bayes)
    found = {Candidate("bayes"): bayes}
    columns = design(schema, past.table)
    for strength in STRENGTHS:
        model = learn_linear(schema, past.table, past.won, weight, strength, columns)
        found[Candidate("linear", strength)] = model.margin(schema, later)
    if with_trees:
        some = thinned(past.table.lead, MOST_TREE_ROWS, seed)
        model = learn_trees(schema, past.table.take(some), past.won[some], weight[some], seed, max(ROUNDS))
        for rounds, margin in zip(ROUNDS, model.margins(schema, later, ROUNDS), strict=True):
            found[Candidate("trees", 0.0, rounds)] = margin
    return found


def thinned(leads, most, seed):
    """Rows for learning where there are too many: one of each lead as far as they go, then a second one …

    :param leads: int64[n], lead of each row
    :param int most: how many rows
    :return: int64[m], ascending; drawn by chance from the seed
    """
    if len(leads) <= most:
        return np.arange(len(leads))
    drawn = np.random.default_rng(seed).random(len(leads))
    by_lead = np.lexsort((drawn, leads))
    ordered = leads[by_lead]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    turn = np.empty(len(leads), np.int64)
    turn[by_lead] = np.arange(len(leads)) - np.repeat(starts, np.diff(np.append(starts, len(leads))))
    return np.sort(np.lexsort((drawn, turn))[:most])


def best_of_each(found, won, weight):
    """kind -> (loss, Outcome): the best of each kind, and the best linear one together with the best trees.

    :param Trial found:
    :param won: bool[m]
    :param weight: float64[m]
    """
    outcomes, best = list(found.outcomes), {}
    while outcomes:
        outcome = outcomes.pop(0)
        kind = outcome.candidate.kind
        margin = one_after_the_other(outcome.margin, won, weight, found.fold, found.base)
        judged = found.fold > 0
        loss = log_loss(won[judged], sigmoid(margin[judged]), weight[judged])
        if kind not in best or loss < best[kind][0]:
            best[kind] = (loss, outcome)
        if not outcomes and "trees" in best and "blend" not in best:
            outcomes.append(_blend(best["linear"][1], best["trees"][1]))
    return best


def _blend(linear, trees):
    candidate = Candidate("blend", linear.candidate.strength, trees.candidate.rounds)
    return Outcome(candidate, (linear.margin + trees.margin) / 2)


def one_after_the_other(margin, won, weight, fold, base):
    """Log-odds of each fold, calibrated by the folds before it; the first one as they are.

    :param base: float64[m], log-odds of the base rate known until then
    """
    found = margin.copy()
    for number in np.unique(fold)[1:]:
        own, earlier = fold == number, fold < number
        slope = slope_of(margin[earlier], won[earlier], weight[earlier], fold[earlier])
        found[own] = base[own] + slope * (margin[own] - base[own])
    return found
