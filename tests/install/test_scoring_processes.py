"""Learning is killed half-way: what was learned before goes on, and the next night learns."""

import os

import pytest

from tools import databases, sides

MODULE = "tests.install.scoring_side"
LEADS, KILLS, SEED = 2_000, 15, 20_261
SPAN = 30  # statements; a night takes a few more


@pytest.fixture
def database():
    name = databases.new(f"scoring_processes_{os.getpid()}", ["crm_lead_scoring"])
    yield name
    databases.drop(name)


def test_killed_while_it_learns(database):
    """A night in which the score is learned anew is killed fifteen times, at random statements and commits, and once
    before the new version is put in use: after each, one whole version is in use and every open lead has a score;
    the night that is left alone puts the next version in use."""
    with sides.Side(database, MODULE) as side:
        side.call("fill", LEADS)
        side.call("switch_on")
        side.call("night")
        before = side.call("state")
        assert before == {"live": [1], "serves": 1, "open": before["open"], "unscored": 0}
        side.call("learn_anew")
        died, after = side.call("kill_while_learning")
        assert died
        assert after == before
        died, states = side.call("kill_at_points", SEED, KILLS, SPAN)
        assert died > KILLS // 2, "most nights have to be killed before they are over"
        assert all(len(found["live"]) == 1 and found["serves"] == 1 for found in states)
        assert {found["unscored"] for found in states} == {0}
        side.call("learn_anew")
        side.call("night")
        last = side.call("state")
        assert last["live"][0] > 1
        assert (last["serves"], last["unscored"]) == (1, 0)
