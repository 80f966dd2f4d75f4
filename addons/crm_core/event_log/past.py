"""Tells the changes of a lead from what Odoo's tracking kept of them, as the log would have told them."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from .changes import MOVES, changes

PENDING, WON, LOST = "pending", "won", "lost"
ENDS = {"won": WON, "lost": LOST, "restored": PENDING}
CHAINED = ("stage_id", "user_id", "team_id")


@dataclass(frozen=True, slots=True)
class Track:
    """What one tracking message says.

    :param int message: its id
    :param datetime moment: naive UTC
    :param actor: id of its author, or None
    :param dict old, new: field -> value, as `changes` takes them; besides its fields `active`
    :param str end: what the message was posted as: `won`, `lost`, `restored` or nothing
    :param bool at_creation: written in the transaction that made the lead
    """

    message: int
    moment: datetime
    actor: int | None
    old: dict
    new: dict
    end: str = ""
    at_creation: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a track. `inferred`: the track does not say all of it; `foreign`: it came with a
    lead that was merged into this one."""

    track: Track
    kind: str
    data: dict
    inferred: bool = False
    foreign: bool = False


def past_changes(tracks, now, later=(), won_stages=frozenset(), merged=False):
    """The events that the tracks of one lead tell.

    :param list tracks: of Track, oldest first
    :param dict now: the lead's `type`, `stage_id`, `user_id`, `team_id`, `won_status` and
        `lost_reason_id` today
    :param later: (kind, data) of the changes that the log told itself since, oldest first
    :param won_stages: ids of the stages that are won today: older versions of Odoo did not track
        whether a lead was won
    :param bool merged: other leads were merged into this one, and their tracks with them. Those
        that do not lead to what the lead is are foreign then.
    :return: (list of Told, oldest first, and the values at the beginning: dict of `type`,
        `stage_id`, `user_id`, `team_id`, `won_status`). A lead that was won or lost without a trace
        is so from the beginning.
    """
    foreign = _foreign(tracks, now, later) if merged else set()
    own = [track for track in tracks if track.message not in foreign]
    beginning = _beginning(own, now, later)
    told = [*_told(own, beginning["won_status"], now, won_stages)]
    told += _told([track for track in tracks if track.message in foreign], PENDING, now, won_stages, foreign=True)
    told.sort(key=lambda event: (event.track.moment, event.track.message))
    return told, beginning


def _told(tracks, status, now, won_stages, foreign=False):
    reason = next((t.old["lost_reason_id"] for t in tracks if "lost_reason_id" in t.old), now["lost_reason_id"])
    for track in tracks:
        reason = track.new.get("lost_reason_id", reason)
        was = track.old.get("won_status", status)
        status = track.new["won_status"] if "won_status" in track.new else _status(track, was, won_stages)
        if track.at_creation:
            continue
        before = {**track.old, "won_status": was}
        after = {"type": now["type"], **track.new, "won_status": status, "lost_reason_id": reason}
        for kind, data in changes(before, {"probability": 0, "automated_probability": 0, **after}):
            is_end = kind in (WON, LOST, "reopened")
            yield Told(track, kind, data, inferred=is_end and "won_status" not in track.new, foreign=foreign)


def _status(track, was, won_stages):
    """Won, lost or pending after a track that does not say so itself."""
    if track.end:
        return ENDS[track.end]
    if "active" in track.new:
        if not track.new["active"]:
            return LOST if track.new.get("lost_reason_id") else was
        return PENDING if was == LOST else was
    if "stage_id" in track.new:
        if track.new["stage_id"] in won_stages:
            return WON
        return PENDING if was == WON and track.old["stage_id"] in won_stages else was
    return was


def _beginning(tracks, now, later):
    """What the lead was before the first track that is no part of its creation."""
    values = {name: now[name] for name in ("type", "won_status", *CHAINED)}
    for kind, data in reversed(later):
        for field, name in MOVES.items():
            if name == kind and field in values:
                values[field] = data["from"]
        if kind == "converted":
            values["type"] = "lead"
        elif kind == "reopened":
            values["won_status"] = data["from"]
        elif kind in (WON, LOST):
            values["won_status"] = PENDING
    for track in reversed(tracks):
        if track.at_creation:
            break
        values.update((name, track.old[name]) for name in values if name in track.old)
        if track.end and "won_status" not in track.old:
            values["won_status"] = PENDING
    return values


def _foreign(tracks, now, later):
    """Messages whose changes do not lead to what the lead is: they came with a merge."""
    values, found = _beginning([], now, later), set()
    for track in reversed(tracks):
        names = [name for name in CHAINED if name in track.new]
        if any(track.new[name] != values[name] for name in names):
            found.add(track.message)
        else:
            values.update((name, track.old[name]) for name in names)
    return found


def matched(activities, messages):
    """Which message says that which activity was done.

    :param activities: iterable of (activity, key): what is told of it and by what it is known
    :param messages: iterable of (message, key)
    :return: (list of (activity, message or None), list of messages that no activity is left for).
        Where several have the same key, the first activity goes with the first message.
    """
    waiting = {}
    for message, key in messages:
        waiting.setdefault(key, deque()).append(message)
    pairs = [(activity, waiting[key].popleft() if waiting.get(key) else None) for activity, key in activities]
    return pairs, [message for queue in waiting.values() for message in queue]
