"""What a ready process adds to a team's pipeline: never changes what is there. Pure Python.

A stage of the process that the team already sees (shared, or its own) is used as it is. The
others are put between their neighbours; where sequence numbers leave no room, all stages are
numbered anew in the order that they have, other teams' too: theirs stand between shared ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 10


@dataclass(frozen=True)
class Stage:
    """A stage of today: record id, name, sequence, does it mean won, does the team see it."""

    id: int
    name: str
    sequence: int
    is_won: bool = False
    is_seen: bool = True


@dataclass(frozen=True)
class Wanted:
    """A stage that the process asks for, in the process's order."""

    name: str
    is_won: bool = False


@dataclass(frozen=True)
class StagePlan:
    """`reused`: wanted index -> stage id; `created`: wanted index -> sequence; `renumbered`: stage id -> sequence."""

    reused: dict[int, int]
    created: dict[int, int]
    renumbered: dict[int, int]


def plan_stages(existing: Sequence[Stage], wanted: Sequence[Wanted]) -> StagePlan:
    """Place the wanted stages among the existing ones.

    :param existing: all stages, in their order; those that the team does not see only keep their place
    :param wanted: the stages of the process, in their order, names unique
    :return: StagePlan. Existing stages keep their order; wanted stages stand in their own order
        wherever that does not contradict the existing one; a wanted won stage reuses an existing one.
    """
    seen = [stage for stage in existing if stage.is_seen]
    reused = _match(seen, wanted)
    line = [stage.id for stage in existing]  # ids, and ("new", index) for what is put between
    for index, stage in enumerate(wanted):
        if index not in reused:
            line.insert(_place(line, seen, wanted, reused, index, stage), ("new", index))
    return _number(line, existing, reused)


def plan_names(existing: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """For each wanted name: is it new? Names are compared without case and outer blanks."""
    known = {_key(name) for name in existing}
    return [_key(name) not in known for name in wanted]


def _key(name):
    return " ".join(name.split()).casefold()


def _match(seen, wanted):
    by_name = {_key(stage.name): stage.id for stage in reversed(seen)}
    won = next((stage.id for stage in seen if stage.is_won), None)
    reused = {}
    for index, stage in enumerate(wanted):
        found = by_name.get(_key(stage.name))
        if found is None and stage.is_won:
            found = won
        if found is not None and found not in reused.values():
            reused[index] = found
    return reused


def _place(line, seen, wanted, reused, index, stage):
    """Behind the process's previous stage, or before its next one; never behind a won stage."""
    position = {entry: place for place, entry in enumerate(line)}
    for before in range(index - 1, -1, -1):
        entry = reused.get(before, ("new", before))
        if entry in position:
            return position[entry] + 1
    for after in range(index + 1, len(wanted)):
        if reused.get(after) in position:
            return position[reused[after]]
    won = [place for place, entry in enumerate(line) if any(s.id == entry and s.is_won for s in seen)]
    return len(line) if stage.is_won or not won else won[0]


def _number(line, existing, reused):
    sequence = {stage.id: stage.sequence for stage in existing}
    created = _fit(line, sequence)
    if created is not None:
        return StagePlan(reused, created, {})
    numbers = {entry: (place + 1) * STEP for place, entry in enumerate(line)}
    return StagePlan(
        reused,
        {entry[1]: number for entry, number in numbers.items() if isinstance(entry, tuple)},
        {entry: number for entry, number in numbers.items() if not isinstance(entry, tuple)},
    )


def _fit(line, sequence):
    """Numbers for the new stages strictly between their neighbours, or None where there is no room."""
    created, previous = {}, 0
    for place, entry in enumerate(line):
        if not isinstance(entry, tuple):
            previous = sequence[entry]
            continue
        following = next((sequence[later] for later in line[place + 1 :] if not isinstance(later, tuple)), None)
        room = previous + 1
        if following is not None and room >= following:
            return None
        created[entry[1]] = previous = room
    return created
