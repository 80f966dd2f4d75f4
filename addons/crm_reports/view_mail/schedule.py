"""When a mail is due next, in the time zone of who set it up."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytz

LAST_DAY = 0
SEARCHED_DAYS = 63  # two months and a day: each rule falls due at least once in them


@dataclass(frozen=True)
class Rule:
    """Every day, each week on some days, or each month on one day, at a time of day.

    :param str every: "day", "week" or "month"
    :param frozenset weekdays: for weeks, 0 is Monday
    :param int month_day: for months, 1 to 31, or `LAST_DAY`; in a shorter month its last day
    """

    every: str
    hour: int = 7
    minute: int = 0
    weekdays: frozenset = frozenset()
    month_day: int = 1

    def is_on(self, day):
        if self.every == "week":
            return day.weekday() in self.weekdays
        if self.every == "month":
            last = monthrange(day.year, day.month)[1]
            return day.day == (min(self.month_day, last) if self.month_day else last)
        return True


def zone_of(name):
    """:return: the time zone of that name, UTC where there is none"""
    try:
        return pytz.timezone(name or "UTC")
    except pytz.UnknownTimeZoneError:
        return pytz.utc


def moment_at(day, hour, minute, zone):
    """The moment at which clocks in a zone show a time on a day.

    An hour that is skipped in spring is taken as one hour later, of an hour that comes twice in autumn the first.

    :return datetime: in UTC, without zone
    """
    naive = datetime.combine(day, time(hour, minute))
    try:
        local = zone.localize(naive, is_dst=None)
    except pytz.AmbiguousTimeError:
        local = zone.localize(naive, is_dst=True)
    except pytz.NonExistentTimeError:
        local = zone.normalize(zone.localize(naive, is_dst=False))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def next_after(rule, moment, zone_name):
    """The first moment after another one at which a rule is due.

    :param datetime moment: in UTC, without zone
    :return: datetime in UTC without zone, None where the rule names no day
    """
    zone = zone_of(zone_name)
    first = pytz.utc.localize(moment).astimezone(zone).date() - timedelta(days=1)
    for place in range(SEARCHED_DAYS + 1):
        day = first + timedelta(days=place)
        if rule.is_on(day):
            due = moment_at(day, rule.hour, rule.minute, zone)
            if due > moment:
                return due
    return None
