"""The moment in a week at which each person's clock shows a time."""

from datetime import datetime, time, timedelta

import pytz

LATEST = timedelta(days=2)  # what could not be sent by then is old news


def due_of(monday, weekday, hour, zone_name):
    """When the mail of a week is due.

    An hour that is skipped in spring is taken as one hour later, of one that comes twice the first.

    :param int weekday: 0 is Monday
    :param float hour: from 0 to below 24
    :param zone_name: of a time zone, UTC where there is none of that name
    :return datetime: in UTC, without zone
    """
    try:
        zone = pytz.timezone(zone_name or "UTC")
    except pytz.UnknownTimeZoneError:
        zone = pytz.utc
    minutes = min(round(hour * 60), 24 * 60 - 1)
    naive = datetime.combine(monday + timedelta(days=weekday), time(minutes // 60, minutes % 60))
    try:
        local = zone.localize(naive, is_dst=None)
    except pytz.AmbiguousTimeError:
        local = zone.localize(naive, is_dst=True)
    except pytz.NonExistentTimeError:
        local = zone.normalize(zone.localize(naive, is_dst=False))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def week_due(now, weekday, hour, zone_name, since):
    """The Monday of the week whose mail is due now, None where none is.

    :param datetime now, since: naive UTC; what was due before `since` is never sent
    """
    this = now.date() - timedelta(days=now.weekday())
    for monday in (this + timedelta(days=7), this, this - timedelta(days=7)):
        due = due_of(monday, weekday, hour, zone_name)
        if since < due <= now < due + LATEST:
            return monday
    return None
