"""Changes of the time before the log, from what Odoo's tracking kept of them."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from crm_core.event_log.changes import changes
from crm_core.event_log.past import Track, matched, past_changes
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime(2026, 3, 2)
NOW = {
    "type": "opportunity",
    "stage_id": 3,
    "user_id": 7,
    "team_id": 1,
    "won_status": "pending",
    "lost_reason_id": None,
}


def track(number, old, new, **more):
    return Track(number, DAY + timedelta(days=number), 5, old, new, **more)


def kinds(told):
    return [event.kind for event in told]


STATES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("lead", "opportunity")),
        "stage_id": st.integers(1, 3),
        "user_id": st.none() | st.integers(1, 3),
        "team_id": st.none() | st.integers(1, 3),
        "expected_revenue": st.integers(0, 3).map(float),
        "won_status": st.sampled_from(("pending", "won", "lost")),
        "lost_reason_id": st.none() | st.integers(1, 2),
    }
)


@given(st.lists(STATES, min_size=1, max_size=8))
def test_past_is_live(states):
    """Told afterwards, a lead's changes are those that the log would have told at the time."""
    tracks, live = [], []
    for number, (old, new) in enumerate(pairwise(states)):
        names = [name for name in new if old[name] != new[name]]
        before, after = ({name: side[name] for name in names} for side in (old, new))
        if names:
            tracks.append(track(number, before, after))
            told = changes(
                {**before, "won_status": old["won_status"]}, {**new, "probability": 0, "automated_probability": 0}
            )
            live += [(number, kind, data) for kind, data in told]
    told, beginning = past_changes(tracks, states[-1])
    assert [(event.track.message, event.kind, event.data) for event in told] == live
    assert beginning == {name: states[0][name] for name in beginning}


@pytest.mark.parametrize(
    ("old", "new", "more", "expected"),
    [
        # Odoo says what it posted the message as
        ({"stage_id": 3}, {"stage_id": 4}, {"end": "won"}, ["stage_moved", "won"]),
        ({"lost_reason_id": None}, {"lost_reason_id": 2}, {"end": "lost"}, ["lost"]),
        # it does not, the fields do
        ({"stage_id": 3}, {"stage_id": 4}, {}, ["stage_moved", "won"]),
        ({"stage_id": 1}, {"stage_id": 2}, {}, ["stage_moved"]),
        ({"active": 1, "lost_reason_id": None}, {"active": None, "lost_reason_id": 2}, {}, ["lost"]),
        ({"active": 1}, {"active": None}, {}, []),  # archived, perhaps not lost
    ],
)
def test_older_versions(old, new, more, expected):
    """Versions that did not track whether a lead is won: told from what they did track, marked as inferred."""
    told, _beginning = past_changes([track(1, old, new, **more)], {**NOW, **old}, won_stages={4})
    assert kinds(told) == expected
    assert [event.inferred for event in told if event.kind in ("won", "lost")] == [True] * (
        len({"won", "lost"}.intersection(expected))
    )


def test_reopened():
    """A lead that was lost and restored is reopened, and the reason is that of the time."""
    lost = track(1, {"lost_reason_id": None}, {"lost_reason_id": 2}, end="lost")
    back = track(2, {"lost_reason_id": 2}, {"lost_reason_id": None}, end="restored")
    told, beginning = past_changes([lost, back], NOW)
    assert [(event.kind, event.data) for event in told] == [("lost", {"reason": 2}), ("reopened", {"from": "lost"})]
    assert beginning["won_status"] == "pending"


def test_lost_without_a_trace():
    told, beginning = past_changes([], {**NOW, "won_status": "lost"})
    assert (told, beginning["won_status"]) == ([], "lost")


def test_part_of_the_creation():
    """What changed in the transaction that made the lead belongs to its beginning."""
    made = track(1, {"stage_id": 1}, {"stage_id": 2}, at_creation=True)
    moved = track(2, {"stage_id": 2}, {"stage_id": 3})
    told, beginning = past_changes([made, moved], NOW)
    assert (kinds(told), beginning["stage_id"]) == (["stage_moved"], 2)


def test_what_the_log_told_since():
    """The beginning is found behind the changes of the time since, too."""
    _told, beginning = past_changes([], NOW, later=[("stage_moved", {"from": 1, "to": 3}), ("converted", {})])
    assert (beginning["stage_id"], beginning["type"]) == (1, "lead")


def test_merged():
    """Changes of a lead that was merged into this one do not lead to what this one is."""
    own = [track(1, {"stage_id": 1}, {"stage_id": 2}), track(4, {"stage_id": 2}, {"stage_id": 3})]
    others = [track(2, {"stage_id": 5}, {"stage_id": 6}), track(3, {"stage_id": 6}, {"stage_id": 8})]
    tracks = [own[0], *others, own[1]]
    told, beginning = past_changes(tracks, NOW, merged=True)
    assert [(event.track.message, event.foreign) for event in told] == [(1, False), (2, True), (3, True), (4, False)]
    assert beginning["stage_id"] == 1
    assert not any(event.foreign for event in past_changes(tracks, NOW)[0]), "nobody was merged"


def test_matched():
    """Several of the same kind on one day go in their order; what is left over is said."""
    activities = [("first", "call"), ("second", "call"), ("third", "todo")]
    messages = [(1, "call"), (2, "call"), (3, "call"), (4, "mail")]
    assert matched(activities, messages) == ([("first", 1), ("second", 2), ("third", None)], [3, 4])
