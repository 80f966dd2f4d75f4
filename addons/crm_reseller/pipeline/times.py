"""Times that a partner proposes for a meeting."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytz

MOST = 3
AHEAD = timedelta(days=366)
FORM = "%Y-%m-%dT%H:%M"


def proposed(texts, zone, now):
    """What was entered, as moments.

    :param texts: times of the day where the partner is, as a browser sends them: 2026-12-01T10:30, seconds are passed
        over; empty ones too
    :param str zone: name of his time zone
    :param datetime now: naive UTC
    :return: (naive UTC moments in order, each once; and what is wrong: "" or none, unreadable, past, far)
    """
    found, local = set(), pytz.timezone(zone)
    for text in filter(None, (text.strip() for text in texts)):
        moment = _moment(text, local)
        if moment is None:
            return [], "unreadable"
        if moment <= now:
            return [], "past"
        if moment > now + AHEAD:
            return [], "far"
        found.add(moment)
    return sorted(found)[:MOST], "" if found else "none"


def _moment(text, zone):
    """The hour that a clock shows twice is the first of both, one that it never shows is no time."""
    with suppress(ValueError, OverflowError, pytz.NonExistentTimeError):
        entered = datetime.strptime(text[:16], FORM)
        try:
            moment = zone.localize(entered, is_dst=None)
        except pytz.AmbiguousTimeError:
            moment = zone.localize(entered, is_dst=True)
        return moment.astimezone(pytz.UTC).replace(tzinfo=None)
    return None
