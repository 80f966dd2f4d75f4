"""Whether leads are still like those that were learned from."""

import math

MOVED, CHANGED = 0.1, 0.25  # customary marks of the population stability index (Siddiqi 2006)
LEAST_SHARE = 0.001


def stability(then, now):
    """Population stability index: 0 where shares are the same, above CHANGED where little is as it was.

    :param then, now: sequences of shares of the same bins, each adding up to 1
    :return: float, never negative
    """
    pairs = [(max(old, LEAST_SHARE), max(new, LEAST_SHARE)) for old, new in zip(then, now, strict=True)]
    return sum((new - old) * math.log(new / old) for old, new in pairs)


def by_chance(bins, count):
    """What the index is to be expected to be where nothing has changed and so few leads are compared."""
    return (bins - 1) / max(count, 1)


def level(value):
    """`steady`, `moved` or `changed`"""
    return "changed" if value >= CHANGED else "moved" if value >= MOVED else "steady"
