"""Who has succeeded, and in what order."""

from datetime import datetime

from crm_gamification.goals.ranking import (
    Result,
    best,
    in_order,
    percent_of,
    places,
    strength,
    succeeded,
    tied,
    total,
)
from hypothesis import given
from hypothesis import strategies as st


def result(value, line=1, target=10, condition="higher", weight=1.0):
    is_met = value <= target if condition == "lower" else value >= target
    return Result(line, condition, target, value, is_met, weight)


results = st.dictionaries(
    st.integers(0, 20),
    st.lists(
        st.builds(
            result, st.integers(0, 30), st.integers(1, 2), st.integers(0, 20), st.sampled_from(["higher", "lower"])
        ),
        max_size=3,
    ),
)


def test_succeeded():
    """Who has reached each line; a line without a result is not reached, and without lines nobody succeeds."""
    people = {
        "all": [result(10), result(12, line=2)],
        "one": [result(10), result(2, line=2)],
        "part": [result(10)],
        "none": [],
    }
    assert succeeded(people, [1, 2]) == ["all"]
    assert succeeded(people, []) == []


def test_best():
    """Success first, then what was done above the target; ties as people came in."""
    people = {"low": [result(10)], "failed": [result(9)], "high": [result(20)], "tie": [result(10)]}
    assert best(people, [1], 3) == ["high", "low", "tie"]
    assert best(people, [1], 9, with_failures=True) == ["high", "low", "tie", "failed"]


def test_success_before_percent():
    """Who has reached both lines is ahead of who has done one of them many times over."""
    people = {"one": [result(90), result(9, line=2)], "both": [result(10), result(10, line=2)]}
    assert best(people, [1, 2], 2, with_failures=True) == ["both", "one"]


def test_lower_and_no_target():
    """Where lower is better less is more, also beyond the target; a target of nothing has no percent."""
    assert [result(value, condition="lower").percent for value in (0, 5, 10, 20)] == [200, 150, 100, 50]
    assert [result(value, target=0, condition="lower").percent for value in (0, 1)] == [100, 0]
    assert result(5, target=0).percent == 0
    assert percent_of("lower", 10, None) == percent_of("higher", 10, None) == 0


def test_lower_is_ranked():
    """Of two who both missed "at most ten days" the quicker one is ahead, and of two who kept it too."""
    days = {"slow": 30, "quick": 12, "kept": 9, "best": 3}
    people = {name: [result(value, condition="lower")] for name, value in days.items()}
    assert best(people, [1], 4, with_failures=True) == ["best", "kept", "quick", "slow"]


def test_weights():
    """A goal of weight three counts three times as much; a goal of weight nothing not at all."""
    assert total([result(10, weight=3), result(2, line=2)]) == 80
    assert total([result(10, weight=0), result(2, line=2)]) == 20
    assert total([result(10, weight=0), result(2, line=2, weight=0)]) == 60
    people = {"first": [result(8), result(4, line=2, weight=3)], "second": [result(4), result(8, line=2, weight=3)]}
    assert best(people, [1, 2], 2, with_failures=True) == ["second", "first"]


def test_without_target():
    """Where nothing is to be reached, more is more."""
    people = {name: [result(value, target=0)] for name, value in (("few", 2), ("many", 5))}
    assert best(people, [1], 2) == ["many", "few"]


def test_ties():
    """Equal figures share a place, and the next is left out; who had his figure first is named first."""
    people = {name: [result(value)] for name, value in (("a", 12), ("b", 20), ("c", 12), ("d", 12), ("e", 3))}
    strengths = {name: strength(theirs, [1]) for name, theirs in people.items()}
    assert places(strengths) == {"b": 1, "a": 2, "c": 2, "d": 2, "e": 5}
    assert tied(strengths) == ["a", "c", "d"]
    moments = {"d": datetime(2026, 3, 2), "c": datetime(2026, 3, 9)}
    assert in_order(strengths, moments) == ["b", "d", "c", "a", "e"]
    assert best(people, [1], 2, moments=moments) == ["b", "d"]


@given(results, st.dictionaries(st.integers(0, 20), st.none() | st.datetimes()))
def test_order_and_places_agree(people, moments):
    """Everybody has one place; in their order places never fall, and a place is one more than who is ahead."""
    strengths = {person: strength(theirs, [1, 2]) for person, theirs in people.items() if theirs}
    order, place = in_order(strengths, moments), places(strengths)
    assert sorted(order) == sorted(strengths) == sorted(place)
    for person in order:
        assert place[person] == 1 + sum(strengths[other] > strengths[person] for other in order)
    assert [place[person] for person in order] == sorted(place.values())


@given(st.sampled_from(["lower", "higher"]), *[st.integers(least, 10**6) for least in (1, 0, 0)])
def test_better_is_never_less(condition, target, one, other):
    """A better value never has a lower percent, and 100 is exactly where the target is met."""
    better, worse = sorted((one, other), reverse=condition == "higher")
    assert percent_of(condition, target, better) >= percent_of(condition, target, worse)
    assert percent_of(condition, target, target) == 100
    is_met = one <= target if condition == "lower" else one >= target
    assert (percent_of(condition, target, one) >= 100) == is_met


@given(results, st.integers(0, 5))
def test_best_are_winners(people, count):
    """Without failures only who has succeeded is ranked, at most so many, and nobody twice."""
    ranked = best(people, [1, 2], count)
    assert len(ranked) == len(set(ranked)) <= count
    assert set(ranked) <= set(succeeded(people, [1, 2]))
    assert ranked == best(people, [1, 2], count, with_failures=True)[: len(ranked)]
