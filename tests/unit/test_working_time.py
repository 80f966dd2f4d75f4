"""How working time is counted."""

from datetime import datetime, timedelta

import pytest
from crm_core.attention.working_time import WorkingTime
from hypothesis import given
from hypothesis import strategies as st

MONDAY = datetime(2026, 3, 2)
MINUTE = timedelta(minutes=1)


def at(text):
    """A moment of the week of Monday 2 March 2026, or of the next one: "fri 17:30", "mon+ 09:00"."""
    day, clock = text.split()
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(day[:3]) + 7 * day.endswith("+")
    hours, minutes = clock.split(":")
    return MONDAY + timedelta(days=days, hours=int(hours), minutes=int(minutes))


def days(*names):
    """Nine to five with an hour's break."""
    halves = (("09:00", "12:00"), ("13:00", "17:00"))
    return [(at(f"{name} {start}"), at(f"{name} {end}")) for name in names for start, end in halves]


OFFICE = WorkingTime(days("mon", "tue", "thu", "fri", "mon+"))  # Wednesday is a holiday


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("mon 09:00", 60, "mon 10:00"),
        ("mon 11:30", 30, "mon 12:00"),
        ("mon 11:30", 31, "mon 13:01"),
        ("mon 06:00", 60, "mon 10:00"),
        ("mon 12:30", 60, "mon 14:00"),
        ("mon 17:00", 1, "tue 09:01"),
        ("tue 16:00", 120, "thu 10:00"),
        ("fri 16:00", 60, "fri 17:00"),
        ("fri 16:00", 61, "mon+ 09:01"),
        ("sat 11:00", 420, "mon+ 17:00"),
        ("sat 11:00", 421, None),
        ("mon+ 17:00", 1, None),
        ("sat 11:00", 0, "sat 11:00"),
    ],
)
def test_add(start, minutes, expected):
    """Breaks, nights, the holiday and the weekend do not count; behind the last interval nothing is known."""
    assert OFFICE.add(at(start), minutes) == (expected and at(expected))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("mon 09:00", "mon 17:00", 420),
        ("mon 11:30", "mon 13:30", 60),
        ("tue 16:00", "thu 10:00", 120),
        ("fri 18:00", "mon+ 08:00", 0),
        ("mon 00:00", "sun+ 00:00", 5 * 420),
        ("tue 10:00", "mon 10:00", 0),
    ],
)
def test_between(start, end, minutes):
    """Working minutes only; none where the end comes first."""
    assert OFFICE.between(at(start), at(end)) == minutes


def test_around_the_clock():
    """Every minute counts, at any time."""
    always = WorkingTime.always()
    assert always.add(at("sat 23:30"), 60) == at("sun 00:30")
    assert always.between(at("fri 00:00"), at("sat 00:00")) == 24 * 60
    assert always.add(datetime.max - MINUTE, 2) is None


def test_no_intervals():
    """Where nobody ever works nothing becomes due."""
    never = WorkingTime([])
    assert (never.add(MONDAY, 1), never.between(datetime.min, datetime.max)) == (None, 0)
    assert (never.end, OFFICE.end) == (datetime.min, at("mon+ 17:00"))


def test_time_does_not_run_back():
    """Negative minutes are a mistake of the caller."""
    with pytest.raises(ValueError, match="-5 minutes"):
        OFFICE.add(MONDAY, -5)


def minute(number):
    return MONDAY + number * MINUTE


spans = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=6)
numbers = st.integers(-5, 100)
moments = st.datetimes(MONDAY - timedelta(days=1), MONDAY + timedelta(days=15))


@given(spans, numbers, numbers, st.integers(1, 100))
def test_equals_counting_minutes(pairs, start, end, wanted):
    """Any intervals, in any order, overlapping or empty: the same as going minute by minute."""
    working = WorkingTime((minute(first), minute(last)) for first, last in pairs)
    worked = {number for first, last in pairs for number in range(first, last)}
    assert working.between(minute(start), minute(end)) == len(worked & set(range(start, end)))
    ahead = sorted(number for number in worked if number >= start)
    expected = minute(ahead[wanted - 1] + 1) if wanted <= len(ahead) else None
    assert working.add(minute(start), wanted) == expected


@given(moments, st.integers(0, 5 * 420))
def test_between_undoes_add(moment, minutes):
    """To the microsecond, wherever the count starts."""
    for working in (OFFICE, WorkingTime.always()):
        end = working.add(moment, minutes)
        assert end is None or working.between(moment, end) == minutes


@given(st.tuples(moments, moments, moments))
def test_between_is_additive(three):
    """A way in two parts is as long as in one."""
    first, second, third = sorted(three)
    parts = OFFICE.between(first, second) + OFFICE.between(second, third)
    assert parts == pytest.approx(OFFICE.between(first, third), abs=1e-6)


@given(moments, moments, st.integers(0, 2000), st.integers(0, 2000))
def test_add_is_monotonous(moment, other, less, more):
    """Starting later or wanting more never ends earlier."""

    def end(start, minutes):
        return OFFICE.add(start, minutes) or datetime.max

    (moment, other), (less, more) = sorted((moment, other)), sorted((less, more))
    assert moment <= end(moment, less) <= end(moment, more)
    assert end(moment, less) <= end(other, less)
