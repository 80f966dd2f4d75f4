"""When a mailed view is due: weekdays, ends of months, summer time in both hemispheres."""

from datetime import date, datetime, timedelta

import pytest
import pytz
from crm_reports.view_mail.schedule import LAST_DAY, Rule, moment_at, next_after, zone_of
from hypothesis import given, settings
from hypothesis import strategies as st

BUDAPEST, SAO_PAULO = "Europe/Budapest", "America/Sao_Paulo"


def local(moment, zone):
    return pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("rule", "zone", "after", "expected"),
    [
        (Rule("day", 8), BUDAPEST, datetime(2026, 7, 1, 5, 59), "2026-07-01 08:00"),
        (Rule("day", 8), BUDAPEST, datetime(2026, 7, 1, 6, 0), "2026-07-02 08:00"),
        (Rule("week", 8, weekdays=frozenset({0, 4})), BUDAPEST, datetime(2026, 7, 1, 12), "2026-07-03 08:00"),
        (Rule("week", 8, weekdays=frozenset({0, 4})), BUDAPEST, datetime(2026, 7, 3, 12), "2026-07-06 08:00"),
        (Rule("month", 8, month_day=31), BUDAPEST, datetime(2026, 2, 1), "2026-02-28 08:00"),
        (Rule("month", 8, month_day=31), BUDAPEST, datetime(2028, 2, 1), "2028-02-29 08:00"),
        (Rule("month", 8, month_day=LAST_DAY), BUDAPEST, datetime(2026, 4, 1), "2026-04-30 08:00"),
        (Rule("month", 8, month_day=5), BUDAPEST, datetime(2026, 12, 6), "2027-01-05 08:00"),
        # the clocks go forward: 02:30 is not there on 29 March 2026
        (Rule("day", 2, 30), BUDAPEST, datetime(2026, 3, 28, 12), "2026-03-29 03:30"),
        (Rule("day", 8), BUDAPEST, datetime(2026, 3, 28, 12), "2026-03-29 08:00"),
        # and back: 02:30 comes twice on 25 October 2026
        (Rule("day", 8), BUDAPEST, datetime(2026, 10, 24, 12), "2026-10-25 08:00"),
        # in the south the other way round, at midnight
        (Rule("day", 0), SAO_PAULO, datetime(2018, 11, 3, 12), "2018-11-04 01:00"),
        (Rule("day", 8), SAO_PAULO, datetime(2018, 11, 3, 12), "2018-11-04 08:00"),
        (Rule("day", 8), SAO_PAULO, datetime(2019, 2, 16, 12), "2019-02-17 08:00"),
    ],
)
def test_next(rule, zone, after, expected):
    """A rule, a moment: the clocks in the zone show what was asked for."""
    assert local(next_after(rule, after, zone), zone) == expected


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        (BUDAPEST, date(2026, 10, 25), 2, datetime(2026, 10, 25, 0, 30)),
        (SAO_PAULO, date(2019, 2, 16), 23, datetime(2019, 2, 17, 1, 30)),
    ],
)
def test_twice_in_autumn(zone, day, hour, expected):
    """An hour that comes twice: the first is meant, and the next one is due on another day."""
    first = moment_at(day, hour, 30, zone_of(zone))
    assert first == expected
    assert next_after(Rule("day", hour, 30), first, zone) - first > timedelta(hours=20)


def test_nothing():
    """No weekday: never due. A zone that is not one: UTC."""
    assert next_after(Rule("week"), datetime(2026, 1, 1), BUDAPEST) is None
    assert next_after(Rule("day", 8), datetime(2026, 1, 1), "Nowhere/Land") == datetime(2026, 1, 1, 8)


rules = st.builds(
    Rule,
    every=st.sampled_from(["day", "week", "month"]),
    hour=st.integers(0, 23),
    minute=st.sampled_from([0, 15, 30]),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    month_day=st.integers(0, 31),
)
zones = st.sampled_from([BUDAPEST, SAO_PAULO, "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
moments = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1))


@settings(max_examples=300, deadline=None)
@given(rules, moments, zones)
def test_chain(rule, after, zone):
    """Whatever the rule: each next moment is later, on a day that is meant, once a day, and none is left out."""
    days = []
    moment = after
    for _step in range(4):
        later = next_after(rule, moment, zone)
        assert later > moment
        here = pytz.utc.localize(later).astimezone(pytz.timezone(zone))
        # what is skipped in spring comes up to an hour, over the date line a day later
        assert rule.is_on(here.date()) or rule.is_on(here.date() - timedelta(days=1))
        days.append(here.date())
        moment = later
    assert len(set(days)) == len(days)
    between = (days[0] + timedelta(days=step) for step in range(1, (days[1] - days[0]).days))
    assert zone == "Pacific/Apia" or not any(rule.is_on(day) for day in between)
