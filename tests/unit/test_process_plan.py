"""How a ready process goes into a team's pipeline."""

from crm_core.process.plan import Stage, Wanted, plan_names, plan_stages
from hypothesis import given
from hypothesis import strategies as st

STOCK = [Stage(1, "New", 1), Stage(2, "Qualified", 2), Stage(3, "Proposition", 3), Stage(4, "Won", 70, True)]


def in_order(existing, wanted, plan):
    """The team's stages by name, in the order that they have after the plan."""
    rows = [(plan.renumbered.get(stage.id, stage.sequence), 0, stage.name) for stage in existing]
    rows += [(sequence, 1, wanted[index].name) for index, sequence in plan.created.items()]
    return [name for _sequence, _new, name in sorted(rows, key=lambda row: row[0])]


def test_room_between():
    """Where numbers leave room nothing is renumbered."""
    wanted = [Wanted("Proposition"), Wanted("Negotiation"), Wanted("Won", True)]
    plan = plan_stages(STOCK, wanted)
    assert (plan.reused, plan.created, plan.renumbered) == ({0: 3, 2: 4}, {1: 4}, {})


def test_no_room():
    """Between 2 and 3 there is none: all are numbered anew and keep their order."""
    wanted = [Wanted("Qualified"), Wanted("Demonstration"), Wanted("Proposition")]
    plan = plan_stages(STOCK, wanted)
    assert in_order(STOCK, wanted, plan) == ["New", "Qualified", "Demonstration", "Proposition", "Won"]
    assert set(plan.renumbered) == {1, 2, 3, 4}


def test_won_is_reused_whatever_its_name():
    """One won stage is enough."""
    existing = [Stage(1, "Open", 1), Stage(9, "Victory", 5, True)]
    plan = plan_stages(existing, [Wanted("Offer"), Wanted("Won", True)])
    assert plan.reused == {1: 9}
    assert plan.created[0] < 5 or plan.renumbered[9] > plan.created[0]


def test_empty_pipeline():
    """A team without stages gets them all."""
    plan = plan_stages([], [Wanted("A"), Wanted("B"), Wanted("Won", True)])
    assert plan.created == {0: 1, 1: 2, 2: 3}


def test_names():
    """Case and blanks make no new name."""
    assert plan_names(["Too  Expensive "], ["too expensive", "Other"]) == [False, True]


def test_other_teams_stage_keeps_its_place():
    """What the team does not see is not used, and stays between its neighbours when all are renumbered."""
    existing = [STOCK[0], Stage(9, "Demonstration", 2, is_seen=False), *STOCK[1:]]
    wanted = [Wanted("New"), Wanted("Demonstration"), Wanted("Qualified")]
    plan = plan_stages(existing, wanted)
    assert plan.created.keys() == {1}
    order = [plan.renumbered[stage.id] for stage in existing]
    assert order == sorted(order)


names = st.lists(st.sampled_from("ABCDEFGH"), unique=True)


@given(names, names, st.data())
def test_properties(there, asked, data):
    """Existing stages keep their order; every wanted stage is there once; new numbers are unique."""
    numbers = sorted(data.draw(st.lists(st.integers(0, 30), min_size=len(there), max_size=len(there))))
    seen = data.draw(st.lists(st.booleans(), min_size=len(there), max_size=len(there)))
    existing = [
        Stage(i, name if is_seen else f"other {name}", number, is_seen=is_seen)
        for i, (name, number, is_seen) in enumerate(zip(there, numbers, seen, strict=True), 1)
    ]
    there = [stage.name for stage in existing]
    wanted = [Wanted(name) for name in asked]
    plan = plan_stages(existing, wanted)
    after = in_order(existing, wanted, plan)
    assert [name for name in after if name in there] == there
    assert sorted(after) == sorted(set(there) | set(asked))
    fresh = [wanted[index].name for index in plan.created]
    assert [name for name in after if name in fresh] == fresh
    assert set(plan.reused) | set(plan.created) == set(range(len(asked)))
