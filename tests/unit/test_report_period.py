"""Months of a time zone (crm_reports/figures/period.py)."""

from datetime import date, datetime, timedelta

import pytest
from crm_reports.figures.period import Month, begin_of
from hypothesis import given
from hypothesis import strategies as st

ZONES = ("UTC", "Europe/Budapest", "America/Sao_Paulo", "Asia/Ho_Chi_Minh", "Asia/Ulaanbaatar", "Pacific/Apia")


def test_summer_time_ends_within_the_month():
    """October in Budapest begins at UTC+2 and ends at UTC+1."""
    assert Month(2026, 10).moments("Europe/Budapest") == (datetime(2026, 9, 30, 22), datetime(2026, 10, 31, 23))


def test_text_there_and_back():
    assert str(Month.of("2026-03")) == "2026-03"
    assert (Month.of("2026-01").plus(-1), Month(2026, 12).plus(1)) == (Month(2025, 12), Month(2027, 1))
    assert Month(2024, 2).last == date(2024, 2, 29)


def test_no_month():
    with pytest.raises(ValueError, match="unconverted data"):
        Month.of("2026-3-9; DROP")


def test_a_zone_that_nobody_knows_is_utc():
    assert begin_of(date(2026, 3, 1), "Nowhere/Else") == datetime(2026, 3, 1)
    assert begin_of(date(2026, 3, 1), False) == datetime(2026, 3, 1)


@given(st.integers(1990, 2060), st.integers(1, 12), st.sampled_from(ZONES))
def test_months_leave_no_gap(year, number, zone):
    """Each moment is in exactly one month."""
    month = Month(year, number)
    begin, end = month.moments(zone)
    assert month.plus(1).moments(zone)[0] == end
    assert timedelta(days=26) < end - begin < timedelta(days=32)
