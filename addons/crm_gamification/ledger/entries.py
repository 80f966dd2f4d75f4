"""From a lead to its entries."""

from dataclasses import dataclass, field
from datetime import datetime

from .facts import CLOSING, OWNER, TEAM


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that may count.

    :param str key: what it is known by, the same whenever it is counted
    :param why_not: code of why it does not count, None where it does
    :param dict detail: what a person wants to know of it: ids, days and codes
    """

    key: str
    kind: str
    moment: datetime
    user: int
    team: int | None
    amount: float = 0.0
    hours: float | None = None
    why_not: str | None = None
    detail: dict = field(default_factory=dict, hash=False)

    @property
    def counts(self):
        return self.why_not is None

    @property
    def points(self):
        return int(self.counts and self.kind != "lost")


@dataclass(frozen=True, slots=True)
class Course:
    """What a lead's salesperson, team or expected closing was at each moment.

    :param first: id or ISO date before the first change
    :param tuple changes: (moment, id of the event, id or date afterwards), the earliest first
    """

    first: int | str | None
    changes: tuple

    def at(self, moment, event=None):
        """:param event: its id; where none is given, all of that very second counts as before"""
        value = self.first
        for changed, number, after in self.changes:
            if changed > moment or (changed == moment and event and number > event):
                break
            value = after
        return value


def course(lead, kind):
    """The course of one of these; what came with a merged lead says nothing of this one."""
    changes = [event for event in lead.events if event.kind == kind and not event.merged]
    now = {OWNER: lead.user, TEAM: lead.team, CLOSING: lead.closing}[kind]
    first = changes[0].before if changes else now
    return Course(first, tuple((event.moment, event.id, event.after) for event in changes))


def key(kind, event, lead):
    """An event's own number, or the lead's where no event tells it."""
    return f"{kind}:{event.id}" if event.id else f"{kind}:lead:{lead.id}"
