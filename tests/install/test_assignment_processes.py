"""Several processes share out leads, are killed, stopped, in each other's way: no lead is lost, none given twice."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.assignment import WORLD
from tools import databases, sides

MODULE = "tests.install.assignment_side"
MEMBERS, AMPLE = 30, 1_000_000
KILLS, SEED = 50, 20_260
SPAN = 300  # statements; a batch takes about as many


@pytest.fixture(scope="module")
def base():
    prepared = sides.prepare(f"processes_{os.getpid()}", WORLD, both=False)
    yield prepared["suite"]
    sides.forget(prepared)


@pytest.fixture
def database(base):
    name = databases.clone(base, f"{base}_now")
    yield name
    databases.drop(name)


def open_side(database, leads, maximum=AMPLE, batch=100):
    side = sides.Side(database, MODULE)
    with side:
        side.call("set_up", maximum, batch)
        side.call("fill", "Bench", leads)
    return side


def test_two_processes_at_once(database):
    """Two jobs share out the same 2,000 leads at the same time, with room for 1,800: each lead has one decision
    and is with whom it names, nobody is over his maximum, and the turns are those of the decisions."""
    leads, maximum = 2_000, 60
    open_side(database, leads, maximum)
    with sides.Side(database, MODULE) as one, sides.Side(database, MODULE) as other:
        for side in (one, other):
            side.call("in_batches_of", 100)
        with ThreadPoolExecutor() as threads:
            for done in [threads.submit(side.call, "share") for side in (one, other)]:
                done.result()
        given, outcome, turns = one.call("given"), one.call("outcome"), one.call("turns")
        states = {run["state"] for run in one.call("runs")}
    room = maximum * MEMBERS
    assert given == {
        "leads": leads, "owned": room, "given": room, "leads_given": room, "most": maximum, "left_twice": 0,
    }  # fmt: skip
    assert {outcome[name] for name in ("owned", "followed", "tracked", "told", "decided")} == {room}
    assert len(turns) == 3
    assert all(told == remembered for _team, told, remembered in turns)
    assert states == {"done"}


def test_killed_fifty_times(database):
    """A run whose process is killed fifty times, at random statements and commits, goes on each time: in the end
    every lead is given exactly once, with one decision, one note and one event, and the run has counted them."""
    leads = 1_500
    open_side(database, leads)
    with sides.Side(database, MODULE) as side:
        side.call("in_batches_of", 25)
        side.call("begin")
        died, ended = side.call("kill_at_points", SEED, KILLS, SPAN)
        before = side.call("given")["owned"]
        side.call("go_on")
        outcome, given, turns = side.call("outcome"), side.call("given"), side.call("turns")
        (run,) = side.call("runs")
    assert (died, ended) == (KILLS, 0), "there have to be leads left after the last kill"
    assert 0 < before < leads
    assert set(outcome.values()) == {leads}
    assert (given["given"], given["leads_given"], given["left_twice"]) == (leads, leads, 0)
    assert all(told == remembered for _team, told, remembered in turns)
    assert run == {"state": "done", "total": leads, "done": leads, "given": leads, "failed": 0, "error": None}


def test_a_lead_that_somebody_is_writing(database):
    """A lead in a salesperson's open transaction is left, without waiting for it; the next run gives it."""
    leads, held = 60, "Bench 7"
    open_side(database, leads)
    with sides.Side(database, MODULE) as person, sides.Side(database, MODULE) as job:
        person.call("hold", held)
        job.call("share")
        assert job.call("owner", held) is None
        assert job.call("given")["owned"] == leads - 1
        person.call("let_go")
        job.call("share")
        assert set(job.call("outcome").values()) == {leads}


def test_stopped_between_batches(database):
    """Stopped on another connection between two batches, a run ends there, and no job goes on with it."""
    leads, batch = 200, 50
    open_side(database, leads)
    with sides.Side(database, MODULE) as side:
        side.call("in_batches_of", batch)
        side.call("begin")
        assert side.call("go_on_and_be_stopped") == [batch]
        side.call("go_on")
        (run,) = side.call("runs")
        assert (run["state"], run["given"], side.call("given")["owned"]) == ("stopped", batch, batch)
