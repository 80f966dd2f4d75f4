"""Who has succeeded, and who is ahead of whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from .judging import LOWER

WHOLE = 100.0


@dataclass(frozen=True)
class Result:
    """One person's result in one line of a challenge. `weight`: how much the line counts beside others."""

    line: int
    condition: str
    target: float
    value: float
    is_reached: bool
    weight: float = 1.0

    @property
    def percent(self):
        return percent_of(self.condition, self.target, self.value)


def percent_of(condition, target, value):
    """How much of the target is done: 100 at the target, more beyond it; nothing (None) is 0.

    Where lower is better, from the target down to nothing it rises to 200, and above the target it falls
    as the target's share of the value. A target of nothing has no share: where lower is better it is met
    or not, where higher is better there is nothing to be done.
    """
    if value is None:
        return 0.0
    if condition != LOWER:
        return WHOLE * (value / target) if target > 0 else 0.0
    if target <= 0:
        return WHOLE if value <= target else 0.0
    if value <= target:
        return WHOLE * (2 - value / target)
    return WHOLE * (target / value)


def succeeded(results, lines):
    """The people who have reached each line. results: {person: [Result]}; nobody succeeds without lines."""
    return [person for person, theirs in results.items() if _has_succeeded(theirs, lines)]


def total(results):
    """The weighted mean of the percents of one person's results; plain mean where nothing has a weight."""
    weights = [result.weight for result in results]
    if not sum(weights):
        weights = [1.0] * len(weights)
    return sum(weight * result.percent for weight, result in zip(weights, results, strict=True)) / sum(weights)


def strength(results, lines):
    """What one person's results are compared by, the stronger the greater: equal ones share a place.

    First whether each line is reached, then the weighted percents, then the plain values of lines that have
    no target to be a share of.
    """
    plain = sum(
        result.weight * (-result.value if result.condition == LOWER else result.value)
        for result in results
        if result.target <= 0 and result.value is not None
    )
    return _has_succeeded(results, lines), round(total(results), 6), round(plain, 6)


def in_order(strengths, moments=()):
    """People from the strongest to the weakest. strengths: {person: strength}.

    Equal ones by the moment at which they had their figure (`moments`: {person: datetime or None}), the
    earlier first; who has no moment comes after those, in the order in which people came in.
    """
    moments = dict(moments)

    def key(person):
        succeeds, percent, plain = strengths[person]
        moment = moments.get(person)
        return not succeeds, -percent, -plain, moment is None, moment or datetime.max

    return sorted(strengths, key=key)


def places(strengths):
    """{person: place}: equal ones share a place and the next one is left out (1, 1, 3)."""
    found, counts, ahead = {}, Counter(strengths.values()), 0
    for strong in sorted(counts, reverse=True):
        found[strong] = ahead + 1
        ahead += counts[strong]
    return {person: found[strong] for person, strong in strengths.items()}


def tied(strengths):
    """Those who share their place with somebody."""
    counts = Counter(strengths.values())
    return [person for person, strong in strengths.items() if counts[strong] > 1]


def strengths_of(results, lines, with_failures=False):
    """{person: strength} of those who are ranked for rewards: who has no result is not."""
    return {
        person: strength(theirs, lines)
        for person, theirs in results.items()
        if theirs and (with_failures or _has_succeeded(theirs, lines))
    }


def best(results, lines, count, with_failures=False, moments=()):
    """The people who are ahead, at most so many: see `strength` and, for equal ones, `in_order`."""
    return in_order(strengths_of(results, lines, with_failures), moments)[:count]


def _has_succeeded(results, lines):
    return bool(lines) and {result.line for result in results if result.is_reached} >= set(lines)
