"""Where revenue leaks (crm_reports/figures/leaks.py)."""

import random

import pytest
from crm_reports.figures.leaks import Count, beyond_chance, few, leaks
from hypothesis import given
from hypothesis import strategies as st


def count(lost, closed, each=100.0):
    return Count(lost, closed, lost * each, closed * each)


def test_what_loses_more_than_usual_comes_first():
    """Fair loses 60 of 100 where 30 of 100 is usual: 30 points, 3000 of its money; Web loses as ever."""
    found = leaks({"fair": count(60, 100), "web": count(50, 100)}, {"fair": count(90, 300), "web": count(150, 300)})
    fair, web = found
    assert (fair.key, round(fair.points), round(fair.money)) == ("fair", 30, 3000)
    assert (web.key, web.points, round(web.money)) == ("web", 0, 0)
    assert fair.p < 0.001 < web.p
    assert few(found) == [fair]


@pytest.mark.parametrize(("now", "before"), [(count(9, 9), count(10, 100)), (count(20, 20), count(1, 29))])
def test_too_little_is_known(now, before):
    """Nine deals, or a past of twenty-nine, say nothing: no points, no claim."""
    (leak,) = leaks({"x": now}, {"x": before})
    assert (leak.points, leak.money, leak.p) == (None, 0, 1)


def test_a_part_without_past_or_present_is_told_and_claims_nothing():
    assert {leak.key: leak.points for leak in leaks({"new": count(50, 50)}, {"gone": count(50, 50)})} == {
        "new": None,
        "gone": None,
    }


def test_money_that_is_negative_or_nothing():
    """Deals without amounts, or with negative ones, leak no money; their number still tells."""
    (leak,) = leaks({"x": Count(50, 60, 0, 0)}, {"x": Count(50, 300, -10, -20)})
    assert leak.money == 0 and leak.points > 60


def test_chance_is_no_leak():
    """Forty parts of the same share: looked at together, hardly ever is one named. 200 draws, at most 5 %."""
    chance, named = random.Random(4), 0
    for _ in range(200):
        found = leaks(*[
            {key: count(sum(chance.random() < 0.5 for _ in range(n)), n) for key in range(40)} for n in (20, 80)
        ])  # fmt: skip
        named += any(beyond_chance([leak.p for leak in found]))
    assert named <= 10


def test_beyond_chance_in_the_order_asked():
    assert beyond_chance([0.9, 0.001, 0.02, 0.5]) == [False, True, True, False]
    assert beyond_chance([]) == []


counts = st.builds(
    lambda closed, part, money: Count(round(closed * part), closed, closed * part * money, closed * money),
    st.integers(0, 500), st.floats(0, 1), st.floats(0, 1e6),
)  # fmt: skip


@given(st.dictionaries(st.integers(0, 9), counts), st.dictionaries(st.integers(0, 9), counts))
def test_few_explain_most(now, before):
    """They are the largest, and together at least four fifths of what leaks."""
    found = leaks(now, before)
    leaking = [leak.money for leak in found if leak.money > 0]
    picked = [leak.money for leak in few(found)]
    assert picked == leaking[: len(picked)]
    assert sum(picked) >= 0.8 * sum(leaking) * (1 - 1e-9)
