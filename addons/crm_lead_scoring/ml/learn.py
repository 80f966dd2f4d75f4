"""From closed leads to something that scores open ones, or to the reason why not."""

from dataclasses import dataclass, field

import numpy as np

from . import measures, validate
from . import schema as schemas
from .guard import leaks
from .linear import learn_bayes, learn_linear
from .scorer import Scorer, flat, shift_to, slope_of
from .trees import learn_trees
from .weights import recency, row_weights

SCORED, TOO_LITTLE, NO_BETTER = "scored", "too_little_data", "not_better_than_base_rate"
LEAST_CLOSED, LEAST_EACH = 50, 10
TRACK_BINS = 10


@dataclass(frozen=True, slots=True)
class Learned:
    """
    :param str state: SCORED, TOO_LITTLE or NO_BETTER
    :param Scorer scorer: knows only the base rate unless the state is SCORED
    :param tuple leaks: Leak of each column that was left out because it gives the answer away
    :param dict facts: what the model page shows; numbers, texts and lists only
    :param unseen: rows of the history that the chosen one had not seen, and what it said: for
        comparing with another (rows int64[m], chance float64[m])
    """

    state: str
    scorer: Scorer
    leaks: tuple = ()
    facts: dict = field(default_factory=dict)
    unseen: tuple = ()


def learn(history, *, allowed=frozenset(), seed=0, tell=lambda share: None):
    """
    :param History history: closed leads
    :param allowed: names of columns that give the answer away and are to be used all the same
    :param tell: called with the share (0 to 1) that is done
    :return: Learned
    """
    weight = row_weights(history)
    facts = _counted(history, weight)
    if facts["closed"] < LEAST_CLOSED or min(facts["won"], facts["lost"]) < LEAST_EACH:
        return Learned(TOO_LITTLE, flat(facts["base"]), facts=facts)
    leaking = leaks(history, weight, seed)
    history = _without(history, {leak.name for leak in leaking} - set(allowed))
    half_life = validate.best_half_life(history, weight)
    found = validate.trial(history, weight, half_life, seed, lambda share: tell(share * 0.8))
    faded = weight * recency(history.arrived, history.arrived[-1], half_life)
    won, unseen_weight = history.won[found.rows], faded[found.rows]
    best = validate.best_of_each(found, won, unseen_weight)
    chosen = min(best.values(), key=lambda item: item[0])[1]
    margin = validate.one_after_the_other(chosen.margin, won, unseen_weight, found.fold, found.base)
    judged = found.fold > 0
    chance, against = measures.sigmoid(margin[judged]), measures.sigmoid(found.base[judged])
    rows, weights = found.rows[judged], weight[found.rows][judged]
    gain = measures.surely_better(
        won[judged], chance, against, history.table.lead[rows], weights, seed
    )  # fmt: skip
    facts |= {
        "half_life": half_life,
        "candidates": {kind: round(loss, 5) for kind, (loss, _outcome) in best.items()},
        "chosen": chosen.candidate.kind,
        "strength": chosen.candidate.strength,
        "rounds": chosen.candidate.rounds,
        "gain": gain,
        "base": validate.rate(history.won, faded),
        **_quality(won[judged], chance, against, weights),
    }
    state = SCORED if gain[1] > 0 and schemas.learn(history.table, history.table.lead) else NO_BETTER
    scorer = flat(facts["base"])
    if state == SCORED:
        slope = slope_of(chosen.margin, won, unseen_weight, found.fold)
        track = measures.bins(won[judged], chance, weights, TRACK_BINS)
        members = _members(chosen.candidate, history, faded, seed)
        scorer = _whole(history, weight, members, slope, facts["base"], track)
        facts["features"] = _importance(scorer, history)
    tell(1)
    return Learned(state, scorer, leaking, facts, (rows, chance))


def _counted(history, weight):
    leads, place = np.unique(history.table.lead, return_index=True)
    base = validate.rate(history.won, weight) if len(leads) else 0.5
    won = history.won[place]
    return {
        "closed": len(leads),
        "won": int(won.sum()),
        "lost": int((~won).sum()),
        "rows": len(history),
        "base": base,
        "from": float(history.arrived[0]) if len(leads) else None,
        "until": float(history.arrived[-1]) if len(leads) else None,
    }


def _without(history, names):
    return type(history)(
        history.table.without(names), history.won, history.arrived, history.closed_after, history.team,
        history.open_for,
    )  # fmt: skip


def _quality(won, chance, base, weight):
    return {
        "unseen": len(won),
        "log_loss": measures.log_loss(won, chance, weight),
        "base_log_loss": measures.log_loss(won, base, weight),
        "brier": measures.brier(won, chance, weight),
        "auc": measures.auc(won, chance, weight),
        "calibration_error": measures.calibration_error(won, chance),
        "calibration": measures.bins(won, chance, weight).tolist(),
    }


def _members(candidate, history, weight, seed):
    """What the candidate consists of, learned from the whole history."""
    schema = schemas.learn(history.table, history.table.lead)
    table, won = history.table, history.won
    if candidate.kind == "bayes":
        return schema, ((1.0, learn_bayes(schema, table, won, weight)),)
    parts = []
    if candidate.kind in ("linear", "blend"):
        parts.append(learn_linear(schema, table, won, weight, candidate.strength))
    if candidate.kind in ("trees", "blend"):
        some = validate.sample(table.lead, seed)
        parts.append(learn_trees(schema, table.take(some), won[some], weight[some], seed, candidate.rounds))
    return schema, tuple((1 / len(parts), part) for part in parts)


def _whole(history, weight, members, slope, base, track):
    schema, parts = members
    raw = Scorer(schema, parts, slope, 0.0, base, np.zeros(len(schema)), track)
    shift = shift_to(raw.margin(history.table), weight, base)
    typical = np.average(raw.parts(history.table), axis=0, weights=weight)
    return Scorer(schema, parts, slope, shift, base, typical, track)


def _importance(scorer, history):
    """[name, by how much log-odds leads differ by it], the most telling first."""
    parts = scorer.parts(history.table)
    spread = parts.std(axis=0)
    order = np.argsort(-spread)
    return [[scorer.names[place], round(float(spread[place]), 4)] for place in order]
