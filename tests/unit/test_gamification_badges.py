"""Which badges are earned, by what, and that order does not matter."""

import random
from datetime import date, timedelta

from crm_gamification.badges.earning import Deed, Rule, earned, period_of

START = date(2026, 1, 1)
TODAY = date(2026, 7, 15)


def deeds(*told):
    return [
        Deed(f"won:{n}", "won", user, START + timedelta(days=day), amount)
        for n, (user, day, amount) in enumerate(told, 1)
    ]


def given(rule, told, before=(), today=TODAY):
    return sorted(
        (one.user, one.period, one.day.isoformat(), len(one.deeds)) for one in earned(rule, told, dict(before), today)
    )


def test_periods():
    """Months, quarters and years, over the end of the year too."""
    assert period_of("month", date(2026, 12, 31)) == ("2026-12-01", date(2026, 12, 1), date(2027, 1, 1))
    assert period_of("quarter", date(2026, 11, 5)) == ("2026-10-01", date(2026, 10, 1), date(2027, 1, 1))
    assert period_of("year", date(2026, 2, 1))[1:] == (date(2026, 1, 1), date(2027, 1, 1))


def test_first():
    """The first ever, and of nobody whose first was before the rule or before what is looked at."""
    rule = Rule("first", "won", 1, "once", date(2026, 2, 1))
    told = deeds((1, 40, 5), (1, 50, 5), (2, 10, 5), (2, 41, 5), (3, 42, 5))
    assert given(rule, told, {(3, "won"): date(2025, 1, 1)}) == [(1, "once", "2026-02-10", 1)]


def test_number():
    """Once a period, by the deeds that made it full; those before the rule do not help."""
    rule = Rule("number", "won", 2, "month", START)
    told = deeds((1, 1, 5), (1, 2, 5), (1, 3, 5), (1, 40, 5), (2, 5, 5))
    assert given(rule, told) == [(1, "2026-01-01", "2026-01-03", 2)]
    late = Rule("number", "won", 2, "month", date(2026, 1, 3))
    assert given(late, told) == [(1, "2026-01-01", "2026-01-04", 2)], "the one of the 2nd does not help"
    assert given(Rule("number", "won", 2, "month", date(2026, 1, 4)), told) == []


def test_biggest():
    """Of a period that is over, the earlier of two equal ones; nothing where all are worth nothing."""
    rule = Rule("biggest", "won", 1, "quarter", START)
    told = deeds((1, 1, 50), (2, 2, 90), (1, 3, 90), (1, 100, 0), (1, 190, 70))
    assert given(rule, told) == [(2, "2026-01-01", "2026-01-03", 1)]


def test_comeback():
    """After a break that is long enough, also one that began before what is looked at; never for the first deal."""
    rule = Rule("comeback", "won", 30, "month", START)
    told = deeds((1, 10, 5), (1, 20, 5), (1, 60, 5), (2, 5, 5))
    assert given(rule, told) == [(1, "2026-03-02", "2026-03-02", 1)]
    assert given(rule, told, {(2, "won"): date(2025, 12, 1)})[-1][0] == 2


def test_order_does_not_matter():
    """The same badges by the same deeds, however the deeds come in."""
    chance = random.Random(7)
    told = deeds(*((chance.randrange(4), chance.randrange(180), chance.randrange(3)) for _n in range(60)))
    for way, number in (("first", 1), ("number", 3), ("biggest", 1), ("comeback", 10)):
        rule = Rule(way, "won", number, "month", START)
        want = sorted(earned(rule, told, {}, TODAY), key=repr)
        chance.shuffle(told)
        assert sorted(earned(rule, told, {}, TODAY), key=repr) == want
