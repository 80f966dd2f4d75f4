"""How much each touch of a deal counts, by seven methods.

The methods are those that marketing has long known by these names: first touch, last touch, last
non-direct touch, linear, U-shaped (40/20/40), W-shaped (30/30/30/10) and time decay.
"""

METHODS = ("first", "last", "last_known", "linear", "u", "w", "decay")
DAY = 86_400.0
HALF_LIFE = 7.0  # days
FINE = 60  # bits of a weight that fades

FIRST, CREATED, CONVERTED, LAST_KNOWN, LAST = ROLES = ("first", "created", "converted", "last_known", "last")


def roles(touches, created, converted=None):
    """Which touch stands where.

    "At creation" is the last touch up to that moment, the one that made a lead of the customer;
    where there was none yet, the first. "At becoming an opportunity" likewise. Where no touch
    has a source or a campaign, the last one is the last known too.

    :param touches: of Touch, the earliest first, at least one
    :param float created: when the lead was made, seconds since 1970 UTC
    :param converted: when it became an opportunity, None: when it was made
    :return: dict role -> place
    """
    last = len(touches) - 1
    known = [place for place, touch in enumerate(touches) if not touch.direct]
    return {
        FIRST: 0,
        CREATED: _last_until(touches, created),
        CONVERTED: _last_until(touches, created if converted is None else converted),
        LAST_KNOWN: known[-1] if known else last,
        LAST: last,
    }


def shares(touches, method, created=0.0, converted=None, half_life=HALF_LIFE):
    """What each touch counts for.

    :param touches: of Touch, the earliest first, at least one
    :param str method: one of METHODS
    :param float created: when the lead was made, seconds since 1970 UTC
    :param converted: when it became an opportunity, None: when it was made
    :param float half_life: days after which a touch counts half as much; for `decay`
    :return: list of whole numbers, none below zero, at least one above it; only their proportion says something
    :raise ValueError: no touch, unknown method, half-life not above zero
    """
    if not touches:
        raise ValueError("a deal without touches can't be shared out")
    if method not in METHODS:
        raise ValueError(f"{method!r} is no method of attribution")
    if half_life <= 0:
        raise ValueError("the half-life has to be above zero")
    if method == "linear":
        return [1] * len(touches)
    if method == "decay":
        return [_fading(touches[-1].moment - touch.moment, half_life) for touch in touches]
    places = roles(touches, created, converted)
    if method in (FIRST, LAST, LAST_KNOWN):
        return _keyed(len(touches), [(places[method], 1)], 0)
    if method == "u":
        return _keyed(len(touches), [(places[FIRST], 40), (places[LAST], 40)], 20)
    return _keyed(len(touches), [(places[FIRST], 30), (places[CREATED], 30), (places[CONVERTED], 30)], 10)


def _last_until(touches, moment):
    return max(sum(touch.moment <= moment for touch in touches) - 1, 0)


def _fading(age, half_life):
    return round(2.0 ** (FINE - age / DAY / half_life))


def _keyed(count, keys, rest):
    """Per cents of key touches, and one for the others together; without others the keys share all.
    A touch that holds several keys gets them all."""
    weights = [0] * count
    others = count - len({place for place, _per_cent in keys})
    for place, per_cent in keys:
        weights[place] += per_cent * (others or 1)
    if rest and others:
        weights = [weight or rest for weight in weights]
    return weights
