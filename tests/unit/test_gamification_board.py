"""What stands on a leaderboard, and what of it a person may see."""

from datetime import datetime

import pytest
from crm_gamification.board.reader import Person, Reader
from crm_gamification.board.standing import Tally, of_groups, sharing, stand, value_for
from hypothesis import given
from hypothesis import strategies as st


def tally(value, target=10, earlier=None, line=1, condition="higher", **more):
    return Tally(line, condition, target, value, earlier, **more)


def board(**values):
    return {name: (tally(value),) for name, value in values.items()}


def test_order_gap_and_nothing_yet():
    """First to last with equal places; the gap is to the next place ahead; who has nothing has no place."""
    standings = stand(board(none=0, low=3, tie=7, first=12, equal=7), {"equal": datetime(2026, 3, 1)})
    assert [(standing.key, standing.place, standing.gap_value) for standing in standings] == [
        ("first", 1, None),
        ("equal", 2, 5),
        ("tie", 2, 5),
        ("low", 4, 4),
        ("none", None, 3),
    ]
    assert [standing.has_reached for standing in standings] == [True, False, False, False, False]
    assert sharing(board(none=0, nothing=0, low=3, tie=7, equal=7)) == ["tie", "equal"]


def test_lower_is_better():
    """No complaint at all is the first place, and the gap is what has to fall."""
    entries = {name: (tally(value, 5, condition="lower"),) for name, value in (("two", 2), ("none", 0), ("nine", 9))}
    standings = stand(entries)
    assert [(standing.key, standing.gap_value) for standing in standings] == [("none", None), ("two", 2), ("nine", 7)]


def test_own_targets():
    """Who works half the time has half the target: at five of five he is ahead of nine of ten, who misses one."""
    first, second = stand({"full": (tally(9),), "half": (tally(5, target=5),)})
    assert (first.key, second.key, second.gap_value) == ("half", "full", 1)


def test_gain():
    """Against the same point of the period before; without one there is no trend."""
    [up] = stand({"up": (tally(8, earlier=5),)})
    [new] = stand({"new": (tally(8),)})
    assert up.gain == pytest.approx(30)
    assert new.gain is None


def test_nothing_to_average():
    """Who has no average yet has no place, and the next knows no way to it."""
    standings = stand({"none": (tally(None, condition="lower", is_average=True),), "some": (tally(4),)})
    assert [(standing.key, standing.place) for standing in standings] == [("some", 1), ("none", None)]
    assert standings[1].gap_value is None


def test_teams():
    """A team has what its people have together, for an equal share of all targets; per head the mean of both."""
    entries = {
        "olga": (tally(4), tally(10.0, line=2, is_average=True)),
        "otto": (tally(2), tally(None, line=2, is_average=True)),
        "sara": (tally(3), tally(20.0, line=2, is_average=True)),
    }
    teams = {"olga": "north", "otto": "north", "sara": "south"}
    together, heads = of_groups(entries, teams), of_groups(entries, teams, per_head=True)
    assert [(one.value, one.target) for one in together["north"]] == [(6, 15), (10, 10)]
    assert [(one.value, one.target) for one in heads["north"]] == [(3, 10), (10, 10)]
    assert [one.value for one in together["south"]] == [one.value for one in heads["south"]] == [3, 20]


@given(
    st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=20),
    st.sampled_from(["lower", "higher"]),
    st.integers(1, 30),
)
def test_whoever_closes_the_gap_draws_level(values, condition, target):
    """With the value that the gap asks for, a person has the place of the next one ahead."""
    entries = {key: (tally(value, target, condition=condition),) for key, value in values.items()}
    for standing in stand(entries):
        if standing.place is None or not standing.gap_value:
            continue
        ahead = max(other.place for other in stand(entries) if other.place and other.place < standing.place)
        step = -standing.gap_value if condition == "lower" else standing.gap_value
        closed = entries | {standing.key: (tally(values[standing.key] + step, target, condition=condition),)}
        assert next(other.place for other in stand(closed) if other.key == standing.key) == ahead


def test_value_for():
    assert [value_for("higher", 10, percent) for percent in (0, 50, 150)] == [0, 5, 15]
    assert [value_for("lower", 10, percent) for percent in (0, 50, 100, 200)] == [None, 20, 10, 0]


A, B, NORTH, SOUTH = 1, 2, 10, 20
OLGA = Person(1, frozenset({NORTH}), frozenset({A}), is_unnamed=True)
READERS = {
    "herself": Reader(1, member_of=frozenset({NORTH}), companies=frozenset({A})),
    "peer": Reader(2, member_of=frozenset({NORTH}), companies=frozenset({A})),
    "peer with the team's documents": Reader(2, has_teams=True, member_of=frozenset({NORTH}), companies=frozenset({A})),
    "leader": Reader(3, has_teams=True, leads=frozenset({NORTH}), companies=frozenset({A})),
    "leader with own documents": Reader(3, leads=frozenset({NORTH}), companies=frozenset({A})),
    "other leader": Reader(4, has_teams=True, leads=frozenset({SOUTH}), companies=frozenset({A})),
    "all": Reader(5, has_all=True, has_teams=True, companies=frozenset({A})),
    "manager": Reader(6, is_manager=True, has_all=True, has_teams=True, companies=frozenset({A})),
    "manager elsewhere": Reader(7, is_manager=True, has_all=True, companies=frozenset({B})),
}


@pytest.mark.parametrize(
    ("name", "shows", "names", "reads"),
    [
        ("herself", True, True, True),
        ("peer", True, False, False),
        ("peer with the team's documents", True, False, True),
        ("leader", True, True, True),
        ("leader with own documents", True, True, False),
        ("other leader", True, False, False),
        ("all", True, False, True),
        ("manager", True, True, True),
        ("manager elsewhere", False, True, False),
    ],
)
def test_reader(name, shows, names, reads):
    """Who sees Olga, who does not want to be named: listed, by name, with amounts."""
    reader = READERS[name]
    assert (reader.shows(OLGA), reader.names(OLGA), reader.reads_deals_of(OLGA)) == (shows, names, reads)


def test_amounts_from_elsewhere():
    """Who also sells in another team or company has a figure that tells what the reader may not read."""
    leader, everything = READERS["leader"], READERS["all"]
    both_teams = Person(1, frozenset({NORTH, SOUTH}), frozenset({A}))
    both_companies = Person(1, frozenset({NORTH}), frozenset({A, B}))
    assert (leader.reads_deals_of(both_teams), everything.reads_deals_of(both_teams)) == (False, True)
    assert not everything.reads_deals_of(both_companies)
    assert not leader.reads_deals_of(Person(1, frozenset(), frozenset({A})))
