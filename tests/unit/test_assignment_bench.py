"""What the bench of sharing out says of what it measured."""

from argparse import Namespace

import pytest

from benchmarks import assignment
from tools import cli
from tools.bench import LeftOut

RIGHT = {"leads": 8_000, "owned": 8_000, "told": 8_000}


def found(seconds, stock_seconds=None, outcome=RIGHT, unlike=None, as_called=True):
    def side(seconds):
        return {"seconds": seconds, "mb": 300, "grown_mb": 40, "queries": 10, "outcome": outcome}

    sides = {"suite": {**side(seconds), "unlike": unlike or {}}, "as_called": as_called}
    return sides | ({"stock": side(stock_seconds)} if stock_seconds else {})


def test_twelve_times_as_fast():
    """At 8,000 leads 12 times stock's speed is within, less is not; both are right."""
    fast, slow = (assignment.line(8_000, found(10.0, stock)) for stock in (120.0, 119.0))
    assert (fast["ok"], fast["within"], fast["ratio"]) == (True, True, 12.0)
    assert (slow["ok"], slow["within"]) == (True, False)
    assert (fast["ms_a_lead"], fast["stock_ms_a_lead"]) == (1.25, 15.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": {**RIGHT, "told": 7_999}},
        {"outcome": {**RIGHT, "owned": 7_999}},
        {"unlike": {"mail_message": "59 rows, by hand 60"}},
        {"as_called": False},
    ],
)
def test_one_lead_that_lacks_something(wrong):
    """A single lead without its event or owner, a row that the ORM writes otherwise, or the wrong sides: not ok."""
    assert not assignment.line(8_000, found(1.0, 100.0, **wrong))["ok"]


def test_many_leads():
    """At 100,000 a lead may take 1.5 ms, and 1.3 times what it takes at 10,000."""
    outcome = dict.fromkeys(RIGHT, 100_000)
    assert assignment.line(100_000, found(140.0, outcome=outcome), few_ms=1.1)["within"]
    assert not assignment.line(100_000, found(151.0, outcome=outcome), few_ms=1.4)["within"]
    assert not assignment.line(100_000, found(140.0, outcome=outcome), few_ms=1.0)["within"]


def test_without_the_data():
    """A history that is not there is left out, and says which."""
    with pytest.raises(LeftOut, match="/nowhere"):
        list(assignment.measure(Namespace(data="/nowhere/maven_crm")))


def test_sizes():
    """Several sizes, with commas."""
    assert cli._numbers("1000,4000,8000") == [1_000, 4_000, 8_000]


def test_with_loyalty_and_attention():
    """The second line is right where each tenth lead is marked and all have a state of attention, and within where
    a lead takes no longer than without; at small sizes what a run costs in itself is not held against it."""

    def told(size, seconds, **extras):
        outcome = {"leads": size, "owned": size}
        found = {"seconds": seconds, "mb": 300, "queries": 10, "outcome": outcome}
        found.update({"lookalikes": size // 10, "attention": size, **extras})
        line = assignment.line_with_all(size, found)
        return line["ok"], line["within"]

    assert told(100_000, 149.0) == (True, True)
    assert told(100_000, 151.0) == (True, False)
    assert told(1_000, 3.0) == (True, True)
    assert told(100_000, 100.0, lookalikes=9_999) == (False, True)
    assert told(100_000, 100.0, attention=0) == (False, True)
