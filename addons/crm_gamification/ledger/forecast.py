"""How near the expected closing, as it stood two weeks before, was to the day on which a deal was won."""

from datetime import date, timedelta

from .entries import Entry, course, key
from .facts import CLOSING

AHEAD = timedelta(days=14)


def foreseen(lead, win, entry):
    """The entry of a win's closing date, None where nobody can know it: the deal was younger, had no date then, or
    the log did not follow it yet.

    :param Event win: the one that stands
    :param Entry entry: the win's; as the deal, it counts or does not
    """
    then = win.moment - AHEAD
    if then < max(lead.created, lead.followed or lead.created):
        return None
    stood = course(lead, CLOSING).at(then)
    if not stood:
        return None
    days = abs((win.moment.date() - date.fromisoformat(stood[:10])).days)
    detail = {"foreseen": stood[:10]}
    return Entry(
        key("foreseen", win, lead),
        "foreseen",
        entry.moment,
        entry.user,
        entry.team,
        hours=24.0 * days,
        why_not=entry.why_not,
        detail=detail,
    )
