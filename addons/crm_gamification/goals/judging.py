"""Whether a goal is reached, failed or still open."""

from dataclasses import dataclass

LOWER = "lower"
OPEN, REACHED, FAILED, CANCELED = "inprogress", "reached", "failed", "canceled"


@dataclass(frozen=True)
class Verdict:
    state: str
    closes: bool = False


def is_reached(condition, value, target):
    """Whether a value meets its target; no value (None) meets none."""
    if value is None:
        return False
    return value <= target if condition == LOWER else value >= target


def untouched(condition, target):
    """What a goal shows while there is nothing to count: a figure that does not meet its target."""
    return max(target + 1, 0) if condition == LOWER else min(target - 1, 0)


def judge(condition, target, value, state, is_over):
    """The state of a goal with this value.

    A goal that meets its target is reached and may still fall back. One that does not is open until its
    last day is over; then it has failed and is closed. Before that, what was failed by hand stays so.
    """
    if state == CANCELED:
        return Verdict(state)
    if is_reached(condition, value, target):
        return Verdict(REACHED)
    if is_over:
        return Verdict(FAILED, closes=True)
    return Verdict(OPEN if state == REACHED else state)
