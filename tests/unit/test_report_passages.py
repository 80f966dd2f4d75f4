"""Passages: how a lead went through the stages (crm_reports/figures/passages.py)."""

from datetime import datetime, timedelta
from itertools import pairwise

from crm_reports.figures import Passage, Step, passages
from hypothesis import given
from hypothesis import strategies as st

DAY = timedelta(days=1)
BEGIN = datetime(2026, 3, 2, 9)
WON = frozenset({9})
PLACES = {1: 0, 2: 1, 3: 2, 9: 3}


def day(number):
    return BEGIN + number * DAY


def told(*steps, stage_now=1, is_open=True):
    return passages(BEGIN, stage_now, is_open, steps, WON, PLACES)


def test_a_lead_that_never_moved_stands_where_it_began():
    assert told() == [Passage(1, BEGIN, None, None, "open")]


def test_on_back_and_won_are_told_apart():
    """New for two days, Qualified for one, back to New, then won: the won stage is no stay."""
    steps = (
        Step(day(2), "stage_moved", 1, 2),
        Step(day(3), "stage_moved", 2, 1),
        Step(day(7), "stage_moved", 1, 9),
    )
    assert [(one.stage, one.days, one.next_stage, one.outcome) for one in told(*steps, stage_now=9, is_open=False)] == [
        (1, 2, 2, "on"),
        (2, 1, 1, "back"),
        (1, 4, 9, "won"),
    ]


def test_a_stay_ends_when_the_lead_is_lost_and_another_begins_when_it_comes_back():
    steps = (Step(day(1), "lost"), Step(day(5), "reopened"), Step(day(6), "stage_moved", 1, 3))
    assert told(*steps, stage_now=3) == [
        Passage(1, BEGIN, day(1), None, "lost"),
        Passage(1, day(5), day(6), 3, "on"),
        Passage(3, day(6), None, None, "open"),
    ]


def test_what_is_moved_while_it_is_lost_is_no_stay():
    steps = (Step(day(1), "lost"), Step(day(2), "stage_moved", 1, 2), Step(day(3), "reopened"))
    assert [(one.stage, one.outcome) for one in told(*steps, stage_now=2)] == [(1, "lost"), (2, "open")]


def test_a_lead_without_a_stage_has_no_stays():
    assert told(stage_now=None) == []


@st.composite
def lives(draw):
    """Any order of moves, losses and comings back, some of them at the same moment or before the lead was made."""
    stage, steps, moment = draw(st.sampled_from([1, 2, 3])), [], draw(st.integers(-2, 2))
    for _ in range(draw(st.integers(0, 12))):
        moment += draw(st.integers(0, 3))
        kind = draw(st.sampled_from(["stage_moved", "stage_moved", "lost", "reopened"]))
        if kind == "stage_moved":
            after = draw(st.sampled_from([1, 2, 3, 9]))
            steps.append(Step(day(moment), kind, stage, after))
            stage = after
        else:
            steps.append(Step(day(moment), kind))
    return stage, draw(st.booleans()), steps


@given(lives())
def test_stays_follow_one_another_and_only_the_last_is_open(life):
    """None ends before it begins, none overlaps the next, none is in a won stage."""
    stage_now, is_open, steps = life
    found = passages(BEGIN, stage_now, is_open, steps, WON, PLACES)
    for one in found:
        assert one.stage not in WON and one.entered >= BEGIN
        assert (one.left is None) == (one.outcome == "open")
        assert one.left is None or one.left >= one.entered
    assert all(one.left is not None and one.left <= after.entered for one, after in pairwise(found))
