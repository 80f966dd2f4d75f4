"""How many points the hits of a rule give at a moment.

Points fade by halves: a hit is worth `points * 0.5 ** (age / half_life)`. As all hits of a rule
fade alike, so does their sum; when its rounded value changes next can be told beforehand.
"""

from dataclasses import dataclass
from math import ceil, floor, log2

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Worth:
    """
    :param int points: of one hit, more or less than zero
    :param float half_life: days after which a hit is worth half; 0: it doesn't fade
    :param int most_times: so many hits count, the newest; 0: all
    :param int most_points: the rule gives (or takes) at most as many; 0: no limit
    """

    points: int
    half_life: float = 0.0
    most_times: int = 0
    most_points: int = 0

    def __post_init__(self):
        if min(self.half_life, self.most_times, self.most_points) < 0:
            raise ValueError("half-life and limits of a rule can't be below zero")


@dataclass(frozen=True, slots=True)
class Line:
    """
    :param int points: what the rule gives now
    :param int hits: how many there were, also those that no longer count
    :param float last: the newest one, seconds since 1970 UTC
    :param changes: when time alone changes the points next, seconds since 1970 UTC, or None
    """

    points: int
    hits: int
    last: float
    changes: float | None = None


def tally(worth, moments, now):
    """What a rule gives.

    :param Worth worth: of the rule
    :param moments: of its hits, seconds since 1970 UTC, in any order; one in the future counts as of now
    :param float now: seconds since 1970 UTC
    :return: Line, or None without hits
    """
    moments = sorted(moments, reverse=True)
    if not moments:
        return None
    counted = moments[: worth.most_times] if worth.most_times else moments
    total = abs(worth.points) * sum(_left(worth, now - moment) for moment in counted)
    rounded = _rounded(total, worth.most_points)
    return Line(
        points=rounded if worth.points > 0 else -rounded,
        hits=len(moments),
        last=moments[0],
        changes=_changes(worth, total, rounded, now),
    )


def _left(worth, age):
    return 0.5 ** (max(age, 0.0) / DAY / worth.half_life) if worth.half_life else 1.0


def _rounded(total, most):
    """Half a point counts as one: what is left is never shown as less than it is."""
    return min(floor(total + 0.5), most) if most else floor(total + 0.5)


def _changes(worth, total, rounded, now):
    """When the sum falls below what still rounds to this value; a second late rather than early."""
    if not worth.half_life or rounded <= 0:
        return None
    return float(ceil(now + DAY * worth.half_life * max(log2(total / (rounded - 0.5)), 0.0)) + 1)
