"""What a lead was at a moment: told backwards from what it is now, by the changes since."""

from dataclasses import dataclass, replace

FIELDS = {
    "stage_moved": "stage_id",
    "owner_changed": "user_id",
    "team_changed": "team_id",
    "amount_changed": "amount",
    "closing_date_moved": "closing_date",
}
PLANNED = ("activity_planned", "meeting_planned")
MOVED = ("activity_moved", "meeting_moved")
DONE = ("activity_done", "call_out", "meeting_held")
CLOSED = (*DONE, "activity_cancelled", "meeting_cancelled")


@dataclass(frozen=True, slots=True)
class LeadState:
    """What a lead was.

    :param stage_id, user_id, team_id: ids or None
    :param float amount: expected revenue
    :param closing_date: ISO date or None
    :param frozenset tag_ids:
    :param tuple open_steps: (model, id, deadline as ISO date or datetime) of steps that were planned
    :param frozenset unknown: names of the fields that can't be known for that moment
    """

    stage_id: int | None
    user_id: int | None
    team_id: int | None
    amount: float
    closing_date: str | None
    tag_ids: frozenset
    open_steps: tuple = ()
    unknown: frozenset = frozenset()


def back(state, events):
    """Undo events, the latest first.

    :param LeadState state: what the lead is after all of them
    :param events: list of (kind, data), oldest first
    :return: LeadState before them; `open_steps` is left alone
    """
    values, tags = {}, set(state.tag_ids)
    for kind, data in reversed(events):
        if kind == "tagged":
            tags = (tags - set(data["added"])) | set(data["removed"])
        elif kind in FIELDS and "from" in data:
            values[FIELDS[kind]] = data["from"]
    return replace(state, tag_ids=frozenset(tags), **values)


def open_steps(events):
    """The steps that were planned and neither done nor cancelled.

    :param events: list of (kind, model, id, data), oldest first
    :return: tuple of (model, id, deadline), in the order in which they were planned. A meeting
        takes the place of the activity that planned it. Events that no longer say what they
        point to are left out.
    """
    planned = {}
    for kind, model, res_id, data in events:
        if not model:
            continue
        if kind in PLANNED or kind in MOVED:
            if kind in PLANNED or (model, res_id) in planned:
                planned[model, res_id] = data.get("deadline")
        else:
            planned.pop((model, res_id), None)
        if model == "calendar.event" and data.get("activity"):
            planned.pop(("mail.activity", data["activity"]), None)
    return tuple((model, res_id, deadline) for (model, res_id), deadline in planned.items())
