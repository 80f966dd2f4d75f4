"""From closed leads to something that scores open ones, or to the reason why not."""

from dataclasses import dataclass, field

import numpy as np

from . import measures, validate
from . import schema as schemas
from .guard import leaks
from .linear import learn_bayes, learn_linear
from .scorer import Scorer, flat, shift_to, slope_of
from .table import MISSING, History
from .trees import learn_trees
from .weights import recency, row_weights

SCORED, TOO_LITTLE, NO_BETTER = "scored", "too_little_data", "not_better_than_base_rate"
LEAST_CLOSED, LEAST_EACH = 50, 10
TRACK_BINS = 10
SLOPE_FOLDS = 3  # the newest ones: earlier ones learned from much less than the version that is used, and are too sure
BANDS = (0.2, 0.5, 0.8)  # the last fifth of leads, the next 30 %, the next 30 %, the best fifth
PARTS = (0.05, 0.1, 0.3, 1.0)
LEAST_OF_TEAM = 20  # unseen leads that it takes to say how it did in a team


@dataclass(frozen=True, slots=True)
class Learned:
    """
    :param str state: SCORED, TOO_LITTLE or NO_BETTER
    :param Scorer scorer: knows only the base rate unless the state is SCORED
    :param tuple leaks: Leak of each column that was left out because it gives the answer away
    :param dict facts: what the model page shows; numbers, texts and lists only
    :param History unseen: leads that the chosen one had not seen when it was tried
    :param chance: float64[len(unseen)], what it said of them
    """

    state: str
    scorer: Scorer
    leaks: tuple = ()
    facts: dict = field(default_factory=dict)
    unseen: History | None = None
    chance: np.ndarray | None = None

    def bands(self):
        """Where the bands C, B and A begin: three chances, as its scorer says them of the leads it was tried on."""
        return tuple(map(float, np.quantile(self.scorer.chance(self.unseen.table), BANDS)))


def learn(history, *, allowed=frozenset(), odoo=None, seed=0, tell=lambda share: None):
    """
    :param History history: closed leads
    :param allowed: names of columns that give the answer away and are to be used all the same
    :param OdooCounting odoo: measured on the same unseen leads, where it is given
    :param tell: called with the share (0 to 1) that is done
    :return: Learned
    """
    import sklearn.ensemble
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits

    # one thread: on a server whose other workers are busy, several wait for one another

    with threadpool_limits(1):
        return _learn(history, allowed, odoo, seed, tell)


def _learn(history, allowed, odoo, seed, tell):
    facts = _counted(history)
    if facts["closed"] < LEAST_CLOSED or min(facts["won"], facts["lost"]) < LEAST_EACH:
        return Learned(TOO_LITTLE, flat(facts["base"]), facts=facts)
    history = history.take(validate.thinned(history.table.lead, validate.MOST_ROWS, seed))
    some = history.take(validate.thinned(history.table.lead, validate.MOST_TRIAL_ROWS, seed))
    leaking = leaks(some, row_weights(some), seed)
    left_out = {leak.name for leak in leaking} - set(allowed)
    tried = _tried(some.without(left_out), seed, lambda share: tell(share * 0.8))
    facts |= tried.facts
    facts["curve"] = _curve(some.without(left_out), tried, facts["half_life"], seed)
    if odoo:
        facts["stock_log_loss"] = _of_odoo(odoo, some)
    faded = _faded(history, facts["half_life"])
    facts["base"] = validate.rate(history.won, faded)
    scorer = flat(facts["base"])
    if facts["gain"][1] > 0:
        scorer = _whole(history.without(left_out), faded, tried, facts["base"], seed)
        facts["features"] = _importance(scorer, some)
    tell(1)
    state = SCORED if scorer.schema else NO_BETTER
    return Learned(state, scorer, leaking, facts, tried.unseen, tried.chance)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying all candidates.

    :param Candidate candidate: the best one
    :param float slope: how much of its differences came true
    :param track: as in Scorer
    :param facts, unseen, chance: as in Learned
    """

    candidate: validate.Candidate
    slope: float
    track: np.ndarray
    facts: dict
    unseen: History
    chance: np.ndarray


def _tried(history, seed, tell):
    half_life = validate.best_half_life(history, row_weights(history))
    faded = _faded(history, half_life)
    found = validate.trial(history, row_weights(history), half_life, seed, tell)
    won, weight = history.won[found.rows], faded[found.rows]
    best = validate.best_of_each(found, won, weight)
    chosen = min(best.values(), key=lambda item: item[0])[1]
    margin = validate.one_after_the_other(chosen.margin, won, weight, found.fold, found.base)
    judged = found.fold > 0
    unseen = history.take(found.rows[judged])
    chance, against = measures.sigmoid(margin[judged]), measures.sigmoid(found.base[judged])
    weights = row_weights(history)[found.rows[judged]]
    facts = {
        "half_life": half_life,
        "candidates": {kind: round(loss, 5) for kind, (loss, _outcome) in best.items()},
        "chosen": chosen.candidate.kind,
        "strength": chosen.candidate.strength,
        "rounds": chosen.candidate.rounds,
        "gain": measures.surely_better(unseen.won, chance, against, unseen.table.lead, weights, seed),
        **_quality(unseen.won, chance, against, weights),
        "teams": _by_team(unseen, chance, against, weights),
    }
    newest = found.fold >= validate.FOLDS - SLOPE_FOLDS
    slope = slope_of(chosen.margin[newest], won[newest], weight[newest], found.fold[newest])
    track = measures.bins(unseen.won, chance, weights, TRACK_BINS)
    return Tried(chosen.candidate, slope, track, facts, unseen, chance)


def _of_odoo(odoo, history):
    """Log-loss of Odoo's own way of counting, each fold after what arrived before it."""
    said, won, weights = [], [], []
    for past, later in validate.folds(history.table.lead)[1:]:
        rows = history.take(later)
        said.append(odoo.chances(history.take(past), rows))
        won.append(rows.won)
        weights.append(row_weights(history)[later])
    return measures.log_loss(np.concatenate(won), np.concatenate(said), np.concatenate(weights))


def _curve(history, tried, half_life, seed):
    """Whether more history helps: [share, leads, log-loss on the last fold] of the newest part of the rest."""
    past, later = validate.folds(history.table.lead)[-1]
    asked, weight, found = history.take(later), row_weights(history)[later], []
    leads = history.table.lead[past]
    _ids, firsts = np.unique(leads, return_index=True)
    for part in PARTS:
        first = np.sort(firsts)[-max(round(part * len(firsts)), 1)]
        newest = history.take(past[first:])
        faded = _faded(newest, half_life)
        won = np.bincount(newest.won, minlength=2)
        scorer = flat(validate.rate(newest.won, faded))
        if min(won) >= LEAST_EACH and round(part * len(firsts)) >= LEAST_CLOSED:
            scorer = _whole(newest, faded, tried, scorer.base, seed)
        loss = measures.log_loss(asked.won, scorer.chance(asked.table), weight)
        found.append([part, round(part * len(firsts)), loss])
    return found


def _faded(history, half_life):
    return row_weights(history) * recency(history.arrived, history.arrived[-1], half_life)


def _counted(history):
    leads, place = np.unique(history.table.lead, return_index=True)
    won = history.won[place]
    return {
        "closed": len(leads),
        "won": int(won.sum()),
        "lost": int((~won).sum()),
        "rows": len(history),
        "base": validate.rate(won, np.ones(len(won))),
        "from": float(history.arrived[0]) if len(leads) else None,
        "until": float(history.arrived[-1]) if len(leads) else None,
    }


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


def _by_team(unseen, chance, base, weight):
    """[team, leads, mean chance, share won, log-loss, that of the base rate] of each team, the largest first."""
    found = []
    for team in np.unique(unseen.team[unseen.team != MISSING]):
        ours = unseen.team == team
        won, own = unseen.won[ours], weight[ours]
        if own.sum() >= LEAST_OF_TEAM:
            said = np.average(chance[ours], weights=own), np.average(won, weights=own)
            losses = measures.log_loss(won, chance[ours], own), measures.log_loss(won, base[ours], own)
            found.append([int(team), round(own.sum()), *map(float, (*said, *losses))])
    return sorted(found, key=lambda row: -row[1])


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
        some = validate.thinned(table.lead, validate.MOST_TREE_ROWS, seed)
        parts.append(learn_trees(schema, table.take(some), won[some], weight[some], seed, candidate.rounds))
    return schema, tuple((1 / len(parts), part) for part in parts)


def _whole(history, weight, tried, base, seed):
    """The chosen one, learned from the whole history, so that the mean chance is the base rate."""
    schema, parts = _members(tried.candidate, history, weight, seed)
    raw = Scorer(schema, parts, tried.slope, 0.0, base, np.zeros(len(schema)), tried.track)
    shift = shift_to(raw.margin(history.table), weight, base)
    typical = np.average(raw.parts(history.table), axis=0, weights=weight) if schema else raw.typical
    return Scorer(schema, parts, tried.slope, shift, base, typical, tried.track)


def _importance(scorer, history):
    """[name, by how much log-odds leads differ by it], the most telling first."""
    parts = scorer.parts(history.table)
    spread = parts.std(axis=0)
    order = np.argsort(-spread)
    return [[scorer.names[place], round(float(spread[place]), 4)] for place in order]
