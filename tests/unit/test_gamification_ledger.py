"""What of a lead counts, for whom, and why not."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from crm_gamification.ledger.count import entries
from crm_gamification.ledger.facts import Event, Guards, Kin, Lead
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2026, 3, 2, 9)
OLGA, OTTO = 1, 2
ALL = Guards(asleep=180, lost_for=30)


def at(days, hours=0):
    return START + timedelta(days=days, hours=hours)


def lead(*events, **vals):
    """A deal of Olga's, worth 100, made at the start. events: (kind, days, other columns)."""
    number = count(1)
    told = tuple(Event(next(number), kind, at(days), **columns) for kind, days, columns in events)
    return Lead(
        **{"id": 7, "created": START, "author": OLGA, "user": OLGA, "team": 5, "amount": 100.0, **vals, "events": told}
    )


def won(*events, guards=ALL, **vals):
    """(day, person, why not) of its wins."""
    found = [entry for entry in entries(lead(*events, **vals), guards) if entry.kind == "won"]
    return [((entry.moment - START).days, entry.user, entry.why_not) for entry in found]


WON, REOPENED, LOST = (("won", 10, {}), ("reopened", 12, {}), ("lost", 12, {}))


def test_taken_back():
    """A deal that is no longer won keeps its entry, which does not count and says when it was taken back."""
    assert won(WON) == [(10, OLGA, None)]
    assert won(WON, LOST) == won(WON, REOPENED) == [(10, OLGA, "taken_back")]
    [entry] = [entry for entry in entries(lead(WON, REOPENED), ALL) if entry.kind == "won"]
    assert (entry.points, entry.detail) == (0, {"day": "2026-03-14"})


def test_won_again():
    """Within the days it counts as first won, later as won again; never twice."""
    soon, late = ("won", 20, {}), ("won", 60, {})
    guards = replace(ALL, again=30)
    assert won(WON, REOPENED, soon, guards=guards) == [(10, OLGA, None), (20, OLGA, "again")]
    assert won(WON, REOPENED, late, guards=guards) == [(10, OLGA, "taken_back"), (60, OLGA, None)]
    assert won(WON, REOPENED, soon) == [(10, OLGA, "taken_back"), (20, OLGA, None)]


def test_reassigned_late():
    """Who gets a deal on its last day does not get the points; who got it from nobody does."""
    moved = ("owner_changed", 10, {"before": OTTO, "after": OLGA})
    found = ("owner_changed", 10, {"before": None, "after": OLGA})
    guards = replace(ALL, reassigned=1)
    assert won(moved, WON, guards=guards) == [(10, OTTO, None)]
    assert won(found, WON, guards=guards) == [(10, OLGA, None)]
    assert won(moved, WON) == [(10, OLGA, None)]
    later = ("owner_changed", 15, {"before": OLGA, "after": OTTO})
    assert won(WON, later, user=OTTO, guards=guards) == [(10, OLGA, None)]


def test_amount_and_age():
    """Small deals and those won too soon do not count."""
    assert won(WON, guards=replace(ALL, least_amount=100.0)) == [(10, OLGA, None)]
    assert won(WON, guards=replace(ALL, least_amount=101.0)) == [(10, OLGA, "amount")]
    assert won(WON, guards=replace(ALL, least_age=10)) == [(10, OLGA, None)]
    assert won(WON, guards=replace(ALL, least_age=11)) == [(10, OLGA, "age")]


def test_small_deal_lost():
    """A deal below the least amount spoils no won rate either."""
    for least, why_not in ((100.0, None), (101.0, "amount")):
        [entry] = entries(lead(LOST), replace(ALL, least_amount=least))
        assert (entry.kind, entry.why_not, entry.points) == ("lost", why_not, 0)


def test_second_deal():
    """A second deal counts unless its winner made it himself, soon after another one that was not lost."""
    guards = replace(ALL, duplicate=7)
    other = Kin(3, at(-5), None, won=False, lost=False, customer=True)
    assert won(WON, kin=(other,), guards=guards) == [(10, OLGA, "duplicate")]
    assert won(WON, kin=(other,), guards=guards, author=OTTO) == [(10, OLGA, None)]
    assert won(WON, kin=(replace(other, lost=True),), guards=guards) == [(10, OLGA, None)]
    assert won(WON, kin=(replace(other, created=at(-8)),), guards=guards) == [(10, OLGA, None)]
    assert won(WON, kin=(replace(other, created=at(1)),), guards=guards) == [(10, OLGA, None)]
    just_won = replace(other, created=at(-90), won=True, closed=at(-7))
    assert won(WON, kin=(just_won,), guards=guards) == [(10, OLGA, "duplicate")]
    assert won(WON, kin=(replace(just_won, closed=at(-8)),), guards=guards) == [(10, OLGA, None)]


def kinds(*events, guards=ALL, **vals):
    return {entry.kind for entry in entries(lead(*events, **vals), guards)}


def test_customers():
    """The first deal of a customer is a new one; one after a long sleep, or long lost, is a win-back."""
    before = Kin(3, at(-300), at(-171), won=True, lost=False, customer=True)
    assert kinds(WON, customer=True) == {"won", "customer"}
    assert kinds(WON) == {"won"}, "nobody knows the customer"
    assert kinds(WON, customer=True, kin=(before,)) == {"won", "winback"}
    assert kinds(WON, customer=True, kin=(replace(before, closed=at(-170)),)) == {"won"}
    lost_long = (("lost", 1, {}), ("reopened", 31, {}), ("won", 40, {}))
    assert kinds(*lost_long, customer=True) == {"won", "customer", "winback"}
    assert kinds(("lost", 1, {}), ("reopened", 30, {}), ("won", 40, {})) == {"won"}


def why_not(kind, *events, guards):
    return [entry.why_not for entry in entries(lead(*events), guards) if entry.kind == kind]


def test_calls():
    """Short ones do not count, unknown ones as one likes, and one a day."""
    short, long, unknown = ({"user": OLGA, "minutes": minutes} for minutes in (1, 5, None))
    calls = [("call_out", 1, short), ("call_out", 1, long), ("call_out", 1, unknown), ("call_out", 2, unknown)]
    assert why_not("call", *calls, guards=ALL) == [None] * 4
    assert why_not("call", *calls, guards=replace(ALL, call=2, unknown_calls=False)) == [
        "short",
        None,
        "length",
        "length",
    ]
    assert why_not("call", *calls, guards=replace(ALL, call=2, one_call=True)) == ["short", None, "call_again", None]
    assert not entries(lead(("call_out", 1, {})), ALL), "nobody of ours called"


def test_steps():
    """Done by its deadline, and planned before that day."""
    done = {"user": OLGA, "step": 4, "deadline": "2026-03-05"}
    planned = ("activity_planned", 1, {"step": 4})
    guards = replace(ALL, planned=True)
    assert why_not("step", planned, ("activity_done", 3, done), guards=guards) == [None]
    assert why_not("step", planned, ("activity_done", 4, done), guards=guards) == ["late"]
    assert why_not("step", planned, ("activity_done", 1, done), guards=guards) == ["same_day"]
    assert why_not("step", planned, ("activity_done", 1, done), guards=ALL) == [None]


def test_first_answer():
    """From the customer's first message to ours; where we spoke first there is none."""
    asked, told = ("message_in", 0, {"contact": "in"}), ("message_out", 2, {"contact": "out", "user": OTTO})
    [entry] = entries(lead(asked, told, told), ALL)
    assert (entry.kind, entry.user, entry.hours) == ("answer", OTTO, 48.0)
    assert not entries(lead(told, asked, told), ALL)


def test_merged():
    """What came with a merged lead neither wins this one nor says whose it was; work on it counts."""
    merged = {"merged": True}
    assert won(("won", 5, merged)) == []
    assert kinds(("meeting_held", 5, {**merged, "user": OLGA})) == {"meeting"}


outcomes = st.lists(
    st.tuples(st.sampled_from(["won", "lost", "reopened", "owner_changed"]), st.integers(0, 90), st.integers(1, 3)),
    max_size=12,
)


@given(outcomes, st.builds(Guards, again=st.integers(0, 40), reassigned=st.integers(0, 3), least_age=st.integers(0, 9)))
def test_counts_once(told, guards):
    """Whatever happens, a deal counts at most once, only while it is won, and the same however often it is counted."""
    events, owner = [], 1
    for kind, days, person in sorted(told, key=lambda one: one[1]):
        change = {"before": owner, "after": person} if kind == "owner_changed" else {}
        owner = person if change else owner
        events.append((kind, days, change))
    deal = lead(*events, user=owner)
    found = entries(deal, guards)
    counted = [entry for entry in found if entry.kind == "won" and entry.counts]
    last = next((kind for kind, *_rest in reversed(events) if kind != "owner_changed"), None)
    assert len(counted) <= (last == "won")
    assert sum(entry.kind == "lost" for entry in found) == (last == "lost")
    assert entries(deal, guards) == found
    assert len({entry.key for entry in found}) == len(found)


def foreseen(*events, **vals):
    """(days off, why not) of the closing date of its win."""
    found = [entry for entry in entries(lead(*events, **vals), ALL) if entry.kind == "foreseen"]
    return [(entry.hours / 24, entry.why_not) for entry in found]


def test_foreseen_closing():
    """What stood two weeks before winning is compared, however the date was moved since; early is off as late is."""
    late_win = ("won", 30, {})
    assert foreseen(late_win, closing="2026-04-01") == [(0, None)]
    assert foreseen(late_win, closing="2026-03-27") == foreseen(late_win, closing="2026-04-06") == [(5, None)]
    moved = ("closing_date_moved", 20, {"before": "2026-03-20", "after": "2026-04-01"})
    assert foreseen(moved, late_win, closing="2026-04-01") == [(12, None)]
    early = ("closing_date_moved", 10, {"before": "2026-03-20", "after": "2026-04-01"})
    assert foreseen(early, late_win, closing="2026-04-01") == [(0, None)]


def test_nobody_could_know():
    """A young deal, one without a date then, and what the log did not follow yet, say nothing."""
    late_win = ("won", 30, {})
    assert foreseen(WON, closing="2026-03-12") == []
    assert foreseen(late_win) == []
    set_late = ("closing_date_moved", 20, {"before": None, "after": "2026-04-01"})
    assert foreseen(set_late, late_win, closing="2026-04-01") == []
    assert foreseen(late_win, closing="2026-04-01", followed=at(17)) == []
    assert foreseen(late_win, closing="2026-04-01", followed=at(16)) == [(0, None)]
    assert foreseen(late_win, ("reopened", 31, {}), closing="2026-04-01") == []
