"""How a lead went through the stages: one passage for each stay in a stage.

Shape: a lead has a moment of creation, the stage it stands in now, and steps, oldest first. What
comes out is a list of passages, oldest first, of which at most the last one is open.
"""

from dataclasses import dataclass
from datetime import datetime

MOVED, LOST, REOPENED = "stage_moved", "lost", "reopened"
STEPS = (MOVED, LOST, REOPENED)


@dataclass(frozen=True, slots=True)
class Step:
    """`kind` is one of STEPS; `before` and `after` are stages of a move, else None."""

    moment: datetime
    kind: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stay in a stage.

    :param left: None while the lead stands there
    :param next_stage: where it went, None when it was lost there or stands there
    :param outcome: `open`, `on` (a later stage), `back` (an earlier one), `won` or `lost`
    """

    stage: int
    entered: datetime
    left: datetime | None
    next_stage: int | None
    outcome: str

    @property
    def days(self):
        return (self.left - self.entered).total_seconds() / 86400 if self.left else None


def passages(created, stage_now, is_open, steps, won_stages, places):
    """Passages of one lead. Stays in won stages are none: the deal is done there.

    :param datetime created: naive UTC; steps from before it are taken as of then
    :param int stage_now: the stage it stands in, None without
    :param bool is_open: whether it is neither won nor lost now
    :param steps: `Step`s, oldest first
    :param won_stages: set of stages
    :param places: stage -> where it stands in the pipeline; a stage that is gone has none
    :return: list of `Passage`
    """
    moves = [step for step in steps if step.kind == MOVED]
    stage = moves[0].before if moves else stage_now
    entered, found, is_lost = created, [], False

    def leave(moment, after, outcome):
        if stage is not None and stage not in won_stages and not is_lost:
            found.append(Passage(stage, entered, max(moment, entered), after, outcome))

    for step in steps:
        if step.kind == MOVED:
            leave(step.moment, step.after, _outcome(stage, step.after, won_stages, places))
            stage, entered = step.after, max(step.moment, created)
        elif step.kind == LOST:
            leave(step.moment, None, "lost")
            is_lost = True
        elif is_lost:
            is_lost, entered = False, max(step.moment, created)
    if stage is not None and stage not in won_stages and not is_lost and is_open:
        found.append(Passage(stage, entered, None, None, "open"))
    return found


def _outcome(before, after, won_stages, places):
    if after in won_stages:
        return "won"
    return "on" if places.get(after, 0) > places.get(before, 0) else "back"
