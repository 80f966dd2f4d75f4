"""Who has succeeded, and who is ahead of whom."""

from dataclasses import dataclass

from .judging import LOWER


@dataclass(frozen=True)
class Result:
    """One person's result in one line of a challenge."""

    line: int
    condition: str
    target: float
    value: float
    is_reached: bool

    @property
    def percent(self):
        """How much of the target is done, above 100 where more is; all or nothing where lower is better."""
        if self.condition == LOWER:
            return 100.0 if self.is_reached else 0.0
        return 100.0 * self.value / self.target if self.target else 0.0


def succeeded(results, lines):
    """The people who have reached each line. results: {person: [Result]}; nobody succeeds without lines."""
    return [
        person
        for person, theirs in results.items()
        if lines and {result.line for result in theirs if result.is_reached} >= set(lines)
    ]


def best(results, lines, count, with_failures=False):
    """The people who are ahead, at most so many; ties stay in the order in which people came in.

    First those who have succeeded, then by the sum of percents. Who has no result is not ranked.
    """
    winners = set(succeeded(results, lines))
    ranked = sorted(
        (person for person, theirs in results.items() if theirs and (with_failures or person in winners)),
        key=lambda person: (person not in winners, -sum(result.percent for result in results[person])),
    )
    return ranked[:count]
