"""When a stage is congested (crm_reports/figures/congestion.py)."""

from crm_reports.figures.congestion import Usual, congestion, usual
from hypothesis import given
from hypothesis import strategies as st


def test_usual_is_what_was_enough_at_nine_of_ten_month_ends():
    """One month of a rush does not make a rush usual."""
    assert usual([8, 9, 10, 8, 9, 10, 8, 9, 10, 40], []).most == 10


def test_too_little_is_known():
    """Five month ends and nineteen stays say nothing."""
    assert usual([3] * 5, [2.0] * 19) == Usual(None, None)
    assert congestion(500, 500, Usual()) == ()


def test_more_than_usual():
    assert congestion(10, 1, Usual(10, 4)) == ()
    assert congestion(11, 1, Usual(10, 4)) == ("number",)


def test_older_than_twice_the_median():
    assert congestion(6, 8, Usual(10, 4)) == ()
    assert congestion(6, 8.5, Usual(10, 4)) == ("age",)


def test_four_deals_are_no_crowd():
    assert congestion(4, 100, Usual(0, 1)) == ()


@given(st.lists(st.integers(0, 500), min_size=6, max_size=12))
def test_usual_was_seen_and_exceeded_by_at_most_one_in_ten(month_ends):
    most = usual(month_ends, []).most
    assert most in month_ends
    assert sum(one > most for one in month_ends) <= len(month_ends) / 10
