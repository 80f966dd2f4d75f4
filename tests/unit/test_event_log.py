"""The pure parts of the event log: changes, messages, automatic answers, as-of."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from struct import pack

import pytest
from crm_core.event_log.answers import answers
from crm_core.event_log.arrays import Events
from crm_core.event_log.as_of import LeadState, back, open_steps
from crm_core.event_log.auto_reply import is_automatic
from crm_core.event_log.changes import beginning, changes
from crm_core.event_log.kinds import EventKind
from crm_core.event_log.messages import Message, sent_at, understand
from crm_core.event_log.pending import Pending
from crm_core.event_log.walk import next_ground
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 10)
PENDING = {
    "type": "opportunity",
    "probability": 20.0,
    "automated_probability": 20.0,
    "won_status": "pending",
    "lost_reason_id": None,
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        # from the customer
        (Message("email"), ("message_in", "in")),
        (Message("email", is_internal=True), ("message_in", "in")),
        (Message("comment"), ("message_in", "in")),
        (Message("email", is_automatic=True), ("auto_reply", "in")),
        # from us
        (Message("comment", is_ours=True, went_out=True), ("message_out", "out")),
        (Message("email", is_ours=True, went_out=True), ("message_out", "out")),
        (Message("email_outgoing", is_ours=True, went_out=True), ("message_out", "out")),
        (Message("sms", is_ours=True, is_internal=True), ("sms_out", "out")),
        (Message("email", is_ours=True, is_automatic=True), ("auto_reply", "out")),
        # only between us
        (Message("comment", is_ours=True), ("note", "")),
        (Message("comment", is_ours=True, is_internal=True, went_out=True), ("note", "")),
        (Message("comment", is_internal=True), ("note", "")),
        # by no person
        (Message("comment", is_ours=True, is_robot=True, went_out=True), ("auto_reply", "out")),
        (Message("comment", is_ours=True, is_robot=True), None),
        (Message("auto_comment", is_ours=True), ("auto_reply", "out")),
        (Message("out_of_office", is_ours=True), ("auto_reply", "out")),
        # told by another event
        (Message("notification"), None),
        (Message("user_notification"), None),
        (Message("comment", is_ours=True, is_step=True), None),
    ],
)
def test_understand(message, expected):
    assert understand(message) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (NOW - timedelta(hours=3), NOW - timedelta(hours=3)),
        (NOW - timedelta(days=8), NOW),
        (NOW + timedelta(seconds=1), NOW),
        (None, NOW),
    ],
)
def test_sent_at(date, expected):
    """A sender is believed for a week back, never ahead."""
    assert sent_at(date, NOW) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Auto-Submitted", "auto-replied", True),
        ("auto-submitted", "Auto-Generated; type=x", True),
        ("Auto-Submitted", "no", False),
        ("Auto-Submitted", "", False),
        ("X-Autoreply", "yes", True),
        ("X-Autorespond", "no", False),
        ("Precedence", "auto_reply", True),
        ("Precedence", "list", False),
        ("Subject", "Out of office", False),
    ],
)
def test_is_automatic(name, value, expected):
    mail = EmailMessage()
    mail[name] = value
    assert is_automatic(mail) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({"stage_id": 1}, {"stage_id": 1}, []),
        ({"stage_id": 1}, {"stage_id": 2}, [("stage_moved", {"from": 1, "to": 2})]),
        ({"user_id": None}, {"user_id": 3}, [("owner_changed", {"from": None, "to": 3})]),
        ({"expected_revenue": 10.0}, {"expected_revenue": 10.001}, []),
        ({"expected_revenue": 10.0}, {"expected_revenue": 0.0}, [("amount_changed", {"from": 10.0, "to": 0.0})]),
        (
            {"recurring_revenue": 1.0},
            {"recurring_revenue": 2.0},
            [("amount_changed", {"recurring_from": 1.0, "recurring_to": 2.0})],
        ),
        (
            {"tag_ids": frozenset((1, 2))},
            {"tag_ids": frozenset((2, 5, 3))},
            [("tagged", {"added": [3, 5], "removed": [1]})],
        ),
        ({"type": "lead"}, {}, [("converted", {})]),
        ({"probability": 10.0}, {"probability": 50.0}, [("probability_set", {"from": 10.0, "to": 50.0})]),
        ({"probability": 10.0}, {"probability": 20.0}, []),  # follows the automatic one
        ({"won_status": "pending", "probability": 10.0}, {"won_status": "won", "probability": 100.0}, [("won", {})]),
        ({"won_status": "pending"}, {"won_status": "lost", "lost_reason_id": 4}, [("lost", {"reason": 4})]),
        ({"won_status": "lost"}, {"won_status": "won"}, [("won", {})]),
        ({"won_status": "won"}, {}, [("reopened", {"from": "won"})]),
    ],
)
def test_changes(before, after, expected):
    assert changes(before, {**PENDING, **after}) == expected


def test_beginning():
    """A lead that starts open tells nothing more; one that is won or lost at once does."""
    assert beginning(PENDING) == []
    assert beginning({**PENDING, "won_status": "won"}) == [("won", {})]


IDS = st.one_of(st.none(), st.integers(1, 5))
STATES = st.fixed_dictionaries(
    {
        "stage_id": IDS,
        "user_id": IDS,
        "team_id": IDS,
        "expected_revenue": st.integers(0, 9).map(float),
        "recurring_revenue": st.just(0.0),
        "date_deadline": st.one_of(st.none(), st.just("2026-03-01"), st.just("2026-04-01")),
        "tag_ids": st.frozensets(st.integers(1, 4)),
        **{name: st.just(value) for name, value in PENDING.items()},
    }
)


def _state(values):
    return LeadState(
        values["stage_id"],
        values["user_id"],
        values["team_id"],
        values["expected_revenue"],
        values["date_deadline"],
        values["tag_ids"],
    )


@given(st.lists(STATES, min_size=1, max_size=6))
def test_back_undoes_changes(states):
    """From the last state and the events between, every earlier state can be told."""
    events = [changes(one, two) for one, two in pairwise(states)]
    for place, state in enumerate(states):
        later = [event for found in events[place:] for event in found]
        assert back(_state(states[-1]), later) == _state(state)


def test_open_steps():
    """What is planned stays open until it is done or cancelled; a meeting takes its activity's place."""
    todo, other, meeting = ("mail.activity", 1), ("mail.activity", 2), ("calendar.event", 7)
    planned = [
        ("activity_planned", *todo, {"deadline": "2026-03-02"}),
        ("activity_planned", *other, {"deadline": "2026-03-03"}),
        ("activity_moved", *todo, {"deadline": "2026-03-05"}),
    ]
    assert open_steps(planned) == ((*todo, "2026-03-05"), (*other, "2026-03-03"))
    planned.append(("meeting_planned", *meeting, {"deadline": "2026-03-04T10:00:00", "activity": 2}))
    assert open_steps(planned) == ((*todo, "2026-03-05"), (*meeting, "2026-03-04T10:00:00"))
    planned += [("activity_cancelled", *todo, {}), ("meeting_held", *meeting, {"activity": 2})]
    assert open_steps(planned) == ()


def test_events_in_columns():
    events = Events.unpacked(
        ("won", "lost"), pack(">2q", 1, 2), pack(">2q", 0, 1), memoryview(pack(">2d", 5.0, 6.0)), pack(">2q", 10, 11)
    )
    assert len(events) == 2
    assert [list(column) for column in (events.lead, events.kind, events.moment, events.event)] == [
        [1, 2],
        [0, 1],
        [5.0, 6.0],
        [10, 11],
    ]


def _of(rows):
    return [(row["lead_id"], row.get("origin_id")) for row in rows]


def test_pending_merged():
    """What merged leads told goes to the one that stays, over several merges; the first origin is kept."""
    pending = Pending(before={1: {"type": "lead"}, 2: None, 3: {}}, users={1: 7, 2: 7, 3: 7}, created={2: "created"})
    pending.rows = [{"lead_id": 1}, {"lead_id": 2}, {"lead_id": 3}, {"lead_id": 4}]
    pending.merge(2, [1])
    assert _of(pending.rows) == [(2, 1), (2, None), (3, None), (4, None)]
    pending.merge(3, [2])
    assert _of(pending.rows) == [(3, 1), (3, 2), (3, None), (4, None)]
    assert pending.heads == {1: 3}, "nothing of a lead that is new is in the log"
    assert (pending.before, pending.users, pending.created) == ({3: {}}, {3: 7}, {})


def test_pending_forgets():
    pending = Pending(before={1: {}, 2: {}}, users={1: 7, 2: 7}, rows=[{"lead_id": 1}, {"lead_id": 2}])
    pending.forget([1, 5])
    assert (pending.before, pending.users, _of(pending.rows)) == ({2: {}}, {2: 7}, [(2, None)])


def test_kind_is_checked():
    with pytest.raises(ValueError, match="sideways"):
        EventKind("x", "fa-x", contact="sideways")


def test_answers():
    """An answer is counted from the other side's first contact that nobody had answered."""
    hour = timedelta(hours=1)
    told = [
        (1, NOW, "out"),
        (2, NOW + hour, "in"),
        (3, NOW + 2 * hour, "in"),
        (4, NOW + 5 * hour, "out"),
        (5, NOW + 6 * hour, "out"),
        (6, NOW + 9 * hour, "both"),
        (7, NOW + 10 * hour, "in"),
    ]
    assert answers(told) == {2: hour, 4: 4 * hour, 6: 4 * hour}


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=5),
    st.integers(0, 60),
    st.integers(1, 25),
    st.lists(st.integers(0, 8), max_size=3),
)
def test_walk(reached, highest, size, latecomers):
    """Whenever somebody joins, each goes over all ids before him once, in order, a few at a time."""
    position, seen, turn = dict(enumerate(reached)), {}, 0
    while ground := next_ground(position.values(), highest, size):
        after, until = ground
        assert 0 < until - after <= size
        assert after == min(position.values())
        for walker, place in position.items():
            if place == after:
                seen.setdefault(walker, []).extend(range(after + 1, until + 1))
                position[walker] = until
        turn += 1
        if turn in latecomers:
            position[len(position)] = 0
            reached = [*reached, 0]
    for walker, start in enumerate(reached):
        assert seen.get(walker, []) == list(range(start + 1, highest + 1))


def test_open_steps_blanked():
    """What an event no longer points to can't be told apart, so it is no step at all."""
    planned = ("activity_planned", None, None, {"deadline": "2026-03-02"})
    assert open_steps([planned, ("activity_done", "mail.activity", 7, {})]) == ()
