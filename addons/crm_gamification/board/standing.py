"""Figures of people or teams, in order, with what lies between them."""

from collections import defaultdict
from dataclasses import dataclass, replace

from ..goals.judging import LOWER, is_reached
from ..goals.ranking import Result, in_order, percent_of, places, strength, tied, total


@dataclass(frozen=True)
class Tally:
    """What stands in one line of a challenge. `value` is None where there is nothing to average; `earlier` is
    the value at the same point of the period before, None where there is none."""

    line: int
    condition: str
    target: float
    value: float | None
    earlier: float | None = None
    weight: float = 1.0
    is_average: bool = False

    @property
    def percent(self):
        return percent_of(self.condition, self.target, self.value)

    @property
    def has_begun(self):
        """Where less is better nothing is something already."""
        return self.value is not None and (self.condition == LOWER or self.value > 0)

    def result(self, value):
        is_met = is_reached(self.condition, value, self.target)
        return Result(self.line, self.condition, self.target, value, is_met, self.weight)


@dataclass(frozen=True)
class Standing:
    """`place` is None for who has nothing yet. `percent` is the weighted mean over the lines, `gain` how much it
    has grown against the same point of the period before. `gap` is what is missing to draw level with the next
    one ahead: of the value where there is a single line (`gap_value`, always positive) and in percent."""

    key: object
    tallies: tuple
    place: int | None
    percent: float
    gain: float | None
    gap: float | None
    gap_value: float | None
    has_reached: bool


def stand(entries, moments=()):
    """[Standing] from the first to the last. entries: {key: (Tally, …)}, moments: {key: datetime}.

    Order and places are those by which rewards are given (`goals.ranking`). Who has nothing yet comes last.
    """
    begun = {key: tallies for key, tallies in entries.items() if any(tally.has_begun for tally in tallies)}
    strengths = {key: _strength(tallies) for key, tallies in begun.items()}
    place = places(strengths)
    found, ahead, before = [], None, None
    for key in in_order(strengths, moments):
        if before is not None and place[before.key] < place[key]:
            ahead = before
        before = _standing(key, entries[key], place[key], ahead)
        found.append(before)
    return found + [_standing(key, tallies, None, before) for key, tallies in entries.items() if key not in begun]


def sharing(entries):
    """The keys of those who share a place, so that who had his figure first has to be found out."""
    begun = {key: tallies for key, tallies in entries.items() if any(tally.has_begun for tally in tallies)}
    return tied({key: _strength(tallies) for key, tallies in begun.items()})


def of_groups(entries, group_of, per_head=False):
    """{group: (Tally, …)}: what people have together, or on average for each of them.

    Together each group has the same target, an equal share of all that all people are to reach. Averages stay
    averages: the mean of those who have one. group_of: {key: group}.
    """
    members = defaultdict(list)
    for key, tallies in entries.items():
        members[group_of[key]].append(tallies)
    shares = [sum(tally.target for tally in line) / len(members) for line in zip(*entries.values(), strict=True)]
    return {
        group: tuple(
            _mean(line) if per_head or line[0].is_average else _together(line, share)
            for line, share in zip(zip(*theirs, strict=True), shares, strict=True)
        )
        for group, theirs in members.items()
    }


def value_for(condition, target, percent):
    """The value at which so much of a target is done, None where no value is."""
    if condition != LOWER:
        return target * percent / 100
    if percent >= 100:
        return target * (2 - percent / 100)
    return target * 100 / percent if percent > 0 else None


def _mean(tallies):
    def mean(values):
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    return replace(
        tallies[0],
        target=mean([tally.target for tally in tallies]),
        value=mean([tally.value for tally in tallies]),
        earlier=mean([tally.earlier for tally in tallies]),
    )


def _together(tallies, target):
    def joined(values):
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return replace(
        tallies[0],
        target=target,
        value=joined([tally.value for tally in tallies]),
        earlier=joined([tally.earlier for tally in tallies]),
    )


def _results(tallies):
    return [tally.result(tally.value) for tally in tallies]


def _strength(tallies):
    return strength(_results(tallies), [tally.line for tally in tallies])


def _standing(key, tallies, place, ahead):
    percent = total(_results(tallies))
    gain = gap = gap_value = None
    if all(tally.earlier is not None for tally in tallies):
        gain = percent - total([tally.result(tally.earlier) for tally in tallies])
    if ahead:
        gap = max(ahead.percent - percent, 0.0)
        if len(tallies) == 1:
            gap_value = _gap_value(tallies[0], ahead.tallies[0])
    has_reached = all(is_reached(tally.condition, tally.value, tally.target) for tally in tallies)
    return Standing(key, tallies, place, percent, gain, gap, gap_value, has_reached and place is not None)


def _gap_value(mine, theirs):
    """None where nothing that can be counted would do."""
    if mine.value is None:
        return None
    has_share = mine.target > 0 and theirs.target > 0
    needed = value_for(mine.condition, mine.target, theirs.percent) if has_share else theirs.value
    return None if needed is None else abs(needed - mine.value)
