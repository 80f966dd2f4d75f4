"""Which touches of a won deal count, and in which order."""

from dataclasses import dataclass, replace

ARRIVAL = "arrival"
UNKNOWN = "unknown"
SAME_ACT = 5.0  # seconds within which what made the lead and the lead's creation are one act


@dataclass(frozen=True, slots=True)
class Utm:
    """Where somebody came from: ids, or None where it is not known."""

    source: int | None = None
    medium: int | None = None
    campaign: int | None = None

    @property
    def is_known(self):
        return (self.source, self.medium, self.campaign) != (None, None, None)


NOWHERE = Utm()


@dataclass(frozen=True, slots=True)
class Touch:
    """The customer did something himself.

    :param float moment: seconds since 1970 UTC
    :param str channel: kind of event, or ARRIVAL or UNKNOWN
    :param Utm utm: what brought this touch
    :param int event: number that orders touches of one second
    """

    moment: float
    channel: str
    utm: Utm = NOWHERE
    event: int = 0

    @property
    def direct(self):
        """Neither a source nor a campaign is known of it."""
        return self.utm.source is None and self.utm.campaign is None


@dataclass(frozen=True, slots=True)
class Deal:
    """A won lead.

    :param int amount: money won, in the smallest units of its currency; may be zero or negative
    :param tuple touches: of Touch, in any order
    :param float created: when the lead was made, seconds since 1970 UTC
    :param converted: when it became an opportunity, or None where it was one from the beginning
    :param won: when it was won, or None where nobody kept it
    :param Utm arrival: what the lead says of where it came from
    """

    amount: int
    touches: tuple
    created: float
    converted: float | None = None
    won: float | None = None
    arrival: Utm = NOWHERE


def journey(deal):
    """The touches that count, the earliest first; never empty.

    Those after the deal was won don't count. Where the lead knows where it came from, its arrival
    is a touch: the one that made the lead (the first mail, say) takes the lead's UTM, and without
    such a one the arrival stands for itself. A deal without any touch has one, UNKNOWN.

    :param Deal deal:
    :return: tuple of Touch
    """
    until = float("inf") if deal.won is None else deal.won
    touches = sorted((touch for touch in deal.touches if touch.moment <= until), key=_order)
    if deal.arrival.is_known:
        touches = _with_arrival(touches, deal.arrival, min(deal.created, until))
    return tuple(touches) or (Touch(min(deal.created, until), UNKNOWN),)


def _order(touch):
    utm = touch.utm
    return (touch.moment, touch.event, touch.channel, utm.source or 0, utm.medium or 0, utm.campaign or 0)


def _with_arrival(touches, arrival, moment):
    for place, touch in enumerate(touches):
        if not touch.utm.is_known and abs(touch.moment - moment) <= SAME_ACT:
            return [*touches[:place], replace(touch, utm=arrival), *touches[place + 1 :]]
    before = [touch for touch in touches if touch.moment < moment]
    return [*before, Touch(moment, ARRIVAL, arrival), *touches[len(before) :]]
