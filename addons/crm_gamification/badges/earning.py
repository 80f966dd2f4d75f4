"""From what counts in the ledger to the badges that it earns, each once a period, and what it was earned by."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, NUMBER, BIGGEST, COMEBACK = "first", "number", "biggest", "comeback"
ONCE, MONTH, QUARTER, YEAR = "once", "month", "quarter", "year"


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry that counts.

    :param str key: of the entry
    :param str kind: won, winback, customer, meeting, call, answer or step
    """

    key: str
    kind: str
    user: int
    day: date
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to be done for a badge.

    :param str way: `first` deed ever, a `number` of deeds, the `biggest` one of a period that is over, or a
        `comeback`: a deed after so many days without one
    :param str kind: of the deeds
    :param int number: of deeds, or days of a comeback
    :param date since: deeds before earn nothing
    """

    way: str
    kind: str
    number: int
    period: str
    since: date


@dataclass(frozen=True, slots=True)
class Earned:
    """A badge that somebody has earned: by these deeds, at most once for each user and period."""

    user: int
    period: str
    day: date
    deeds: tuple


def period_of(kind, day):
    """(what a period is known by, its first day, the day after its last); `once` has no bounds."""
    if kind == MONTH:
        start, months = day.replace(day=1), 1
    elif kind == QUARTER:
        start, months = day.replace(month=day.month - (day.month - 1) % 3, day=1), 3
    elif kind == YEAR:
        start, months = day.replace(month=1, day=1), 12
    else:
        return ONCE, None, None
    month = start.month - 1 + months
    return start.isoformat(), start, start.replace(year=start.year + month // 12, month=month % 12 + 1)


def earned(rule, deeds, before, today):
    """All that a rule gives.

    :param deeds: of all people, from the first day of a period at the latest
    :param dict before: {(user, kind): day of the last deed before those}
    :return: list of Earned, the same whatever the order of the deeds
    """
    theirs = defaultdict(list)
    for deed in sorted(deeds, key=lambda deed: (deed.day, deed.key)):
        if deed.kind == rule.kind:
            theirs[deed.user].append(deed)
    if rule.way == BIGGEST:
        return _biggest(rule, theirs, today)
    found = {}
    for user, own in theirs.items():
        last = before.get((user, rule.kind))
        for one in _FINDERS[rule.way](rule, user, own, last):
            if one.day >= rule.since:
                found.setdefault((one.user, one.period), one)
    return list(found.values())


def _first(_rule, user, own, last):
    if last is None:
        yield Earned(user, ONCE, own[0].day, (own[0],))


def _number(rule, user, own, _last):
    """The deeds of each period up to the one that made the number full; those before the rule began do not help."""
    by_period = defaultdict(list)
    for deed in own:
        if deed.day >= rule.since:
            by_period[period_of(rule.period, deed.day)[0]].append(deed)
    for period, done in by_period.items():
        if len(done) >= max(rule.number, 1):
            enough = tuple(done[: max(rule.number, 1)])
            yield Earned(user, period, enough[-1].day, enough)


def _comeback(rule, user, own, last):
    for deed in own:
        if last and deed.day - last >= timedelta(days=rule.number):
            yield Earned(user, deed.day.isoformat(), deed.day, (deed,))
        last = deed.day


def _biggest(rule, theirs, today):
    """Told when the period is over; of equal ones the earlier deed. Nothing is the biggest of nothing."""
    best = {}
    for own in theirs.values():
        for deed in own:
            period, _start, end = period_of(rule.period, deed.day)
            if end and rule.since < end <= today and deed.amount > 0:
                rank = (-deed.amount, deed.day, deed.key)
                best[period] = min(best.get(period, (rank, deed)), (rank, deed), key=lambda pair: pair[0])
    return [Earned(deed.user, period, deed.day, (deed,)) for period, (_rank, deed) in sorted(best.items())]


_FINDERS = {FIRST: _first, NUMBER: _number, COMEBACK: _comeback}
