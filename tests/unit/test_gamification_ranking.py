"""Who has succeeded, and in what order."""

from crm_gamification.goals.ranking import Result, best, succeeded
from hypothesis import given
from hypothesis import strategies as st


def result(value, line=1, target=10, condition="higher"):
    is_met = value <= target if condition == "lower" else value >= target
    return Result(line, condition, target, value, is_met)


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
    """Where lower is better there is all or nothing; a target of nothing has no percent."""
    assert [result(value, condition="lower").percent for value in (0, 10, 11)] == [100, 100, 0]
    assert result(5, target=0).percent == 0


@given(results, st.integers(0, 5))
def test_best_are_winners(people, count):
    """Without failures only who has succeeded is ranked, at most so many, and nobody twice."""
    ranked = best(people, [1, 2], count)
    assert len(ranked) == len(set(ranked)) <= count
    assert set(ranked) <= set(succeeded(people, [1, 2]))
    assert ranked == best(people, [1, 2], count, with_failures=True)[: len(ranked)]
