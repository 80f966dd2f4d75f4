"""What of a target a person can be asked for who works less, or is away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Working:
    """A person's working time in a period beside the company's.

    :param float own, full: hours
    :param int own_days, full_days: days on which there is work
    """

    own: float
    full: float
    own_days: int
    full_days: int

    @property
    def share(self):
        """From 0 to 1; 1 where the company itself does not work then."""
        return min(self.own / self.full, 1.0) if self.full else 1.0

    @property
    def is_away(self):
        return bool(self.full) and not self.own


def working(own, full):
    """:param own, full: iterables of (start, stop), datetimes of the person's and the company's work"""
    own, full = list(own), list(full)
    return Working(_hours(own), _hours(full), _days(own), _days(full))


def proportional(target, share, whole):
    """The target of who works that share of the time.

    :param bool whole: it is a number of things: at least one, and no half ones
    """
    part = target * share
    if not whole or not share or target <= 0 or target != int(target):
        return round(part, 2)
    return float(max(1, int(part + 0.5)))


def _hours(intervals):
    return sum((stop - start).total_seconds() for start, stop in intervals) / 3600


def _days(intervals):
    return len({start.date() for start, _stop in intervals})
