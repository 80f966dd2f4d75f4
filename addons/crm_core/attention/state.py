"""In which attention state an open lead is, since when, and when time alone changes it. Pure Python.

A state follows from a few moments (the answer is due, the sleep ends, a step is late, the lead has
been quiet too long) and from whether they have come; so the next change is one of them.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from .working_time import WorkingTime

WAITING_FOR_US = "waiting_for_us"
SLEEPING = "sleeping"
OVERDUE = "overdue"
NO_NEXT_STEP = "no_next_step"
STALLED = "stalled"
ON_TRACK = "on_track"
STATES = (WAITING_FOR_US, SLEEPING, OVERDUE, NO_NEXT_STEP, STALLED, ON_TRACK)

DAY = timedelta(days=1)
NEVER = datetime.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one lead. Moments are naive UTC; None: it never happened.

    `last_in`, `last_out`: last contact from and to the customer, without automatic replies, bounces
    and mass mailings. `waiting_since`: his first contact that we have not answered. `next_step`:
    earliest due day of an open step, `step_tz`: time zone of whoever has to do it. `meeting`: begin
    and end of the next meeting, a step until it ends and never a late one. `sleep_until`: the day on
    which the lead wakes, `slept_at`: when it was sent to sleep. `steps_closed`: when the last open
    step was done or cancelled, or a meeting ended.
    """

    created: datetime
    last_in: datetime | None = None
    last_out: datetime | None = None
    waiting_since: datetime | None = None
    next_step: date | None = None
    step_tz: str = ""
    meeting: tuple[datetime, datetime] | None = None
    stage_since: datetime | None = None
    sleep_until: date | None = None
    slept_at: datetime | None = None
    steps_closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a team asks for.

    `response_minutes`: working minutes until an answer (0: none is promised). `quiet_days`: days
    without contact or a new stage that are allowed (0: no limit). `tz`: the team's time zone.
    """

    response_minutes: int
    quiet_days: int
    tz: str
    working: WorkingTime


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its values, ((name, number, day or moment), …), from which a sentence can be made."""

    code: str
    values: tuple[tuple[str, int | date | datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Attention:
    state: str
    since: datetime
    reason: Reason
    next_change: datetime | None


@dataclass(frozen=True, slots=True)
class _Moments:
    """When time brings what; NEVER: it does not. `due` is None where the working time is not known so far.

    `met`: until then a meeting is ahead.
    """

    due: datetime | None
    claim: datetime
    wake: datetime
    late: datetime
    met: datetime
    quiet: datetime
    sign: datetime


def attention(facts, rules, now):
    """The state of an open lead: the first of STATES that holds.

    A customer's contact from before the lead was sent to sleep claims an answer only when it wakes;
    a later one as soon as the answer is due.

    :param facts: Facts
    :param rules: Rules; an unknown time zone counts as UTC
    :param now: naive UTC
    :return: Attention. `since` (naive UTC, never after `now`) is when the state began; of an answer,
        a step or a contact that is missing, when it was due, even if the lead slept then.
        `next_change` (naive UTC): until then, without a new event, the state stays; None: for ever.
        Where the known working time ends before the answer is due, it is the end of what is
        known, or a day from now once that has passed: ask again then, with more of the calendar.
    """
    moments = _moments(facts, rules)
    state = _state(facts, moments, now)
    since, reason = _story(state, facts, rules, moments, now)
    changes = [
        moment
        for moment in (moments.claim, moments.wake, moments.late, moments.met, moments.quiet)
        if now < moment < NEVER and _state(facts, moments, moment) != state
    ]
    if moments.due is None:
        changes.append(rules.working.end if now < rules.working.end else now + DAY)
    return Attention(state, min(since, now), reason, min(changes, default=None))


def _moments(facts, rules):
    team = _zone(rules.tz)
    wake = _day_start(facts.sleep_until, team) if facts.sleep_until else datetime.min
    due = NEVER
    if facts.waiting_since and rules.response_minutes > 0:
        due = rules.working.add(facts.waiting_since, rules.response_minutes)
    claim = due or NEVER
    if facts.waiting_since and facts.waiting_since <= (facts.slept_at or facts.created):
        claim = max(claim, wake)
    late = _day_start(facts.next_step, _zone(facts.step_tz, rules.tz), 1) if facts.next_step else NEVER
    sign = max(filter(None, (facts.last_in, facts.last_out, facts.stage_since, facts.created)))
    quiet = NEVER
    if rules.quiet_days > 0:
        with suppress(OverflowError):
            quiet = sign + rules.quiet_days * DAY
    met = facts.meeting[1] if facts.meeting else datetime.min
    return _Moments(due, claim, wake, late, met, quiet, sign)


def _state(facts, moments, now):
    if moments.claim <= now:
        return WAITING_FOR_US
    if now < moments.wake:
        return SLEEPING
    if moments.late <= now:
        return OVERDUE
    if facts.next_step is None and moments.met <= now:
        return NO_NEXT_STEP
    return STALLED if moments.quiet <= now else ON_TRACK


def _story(state, facts, rules, moments, now):
    """Since when a state holds, and why."""
    if state == WAITING_FOR_US:
        values = (("waiting_since", facts.waiting_since), ("minutes", rules.response_minutes))
        return moments.due, Reason("unanswered", values)
    if state == SLEEPING:
        return facts.slept_at or facts.created, Reason("asleep", (("until", facts.sleep_until),))
    if state == OVERDUE:
        return moments.late, Reason("step_late", (("due", facts.next_step),))
    if state == NO_NEXT_STEP:
        ended = moments.met if facts.meeting else None
        closed = max(filter(None, (facts.steps_closed, ended)), default=None)
        reason = Reason("steps_closed", (("closed", closed),)) if closed else Reason("never_planned")
        return max(closed or facts.created, moments.wake), reason
    if state == STALLED:
        return moments.quiet, Reason("quiet", (("last_sign", moments.sign), ("days", rules.quiet_days)))
    if now < moments.met and facts.meeting[0] < moments.late:
        reason = Reason("meeting_planned", (("start", facts.meeting[0]),))
    else:
        reason = Reason("step_planned", (("due", facts.next_step),))
    return max(moments.sign, moments.wake), reason


@cache
def _zone(*names):
    """The first time zone that is known, else UTC."""
    for name in names:
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(name)
    return timezone.utc


def _day_start(day, zone, later=0):
    """The first moment, in UTC, of so many days after a day; where clocks skip midnight, that of the jump."""
    try:
        midnight = datetime.combine(day + later * DAY, time.min, zone)
        return midnight.astimezone(timezone.utc).replace(tzinfo=None)
    except OverflowError:
        return NEVER
