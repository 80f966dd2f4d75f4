"""From a lead's values before and after a transaction to the events that tell the difference."""

# event, by the field that it tells of: plain "from" and "to"
MOVES = {
    "stage_id": "stage_moved",
    "user_id": "owner_changed",
    "team_id": "team_changed",
    "date_deadline": "closing_date_moved",
}
CENT = 0.005


def changes(before, after):
    """The events that lead from one state of a lead to another.

    :param dict before: field -> value: ids (or False), numbers, ISO dates (or False), codes;
        `tag_ids` is a set of ids. Fields that nothing touched may be missing.
    :param dict after: the same fields, and always `probability`, `automated_probability`,
        `won_status` and `lost_reason_id`
    :return: list of (kind, data) in the order in which they are told; empty where the net
        change is none
    """
    found = [
        (kind, {"from": before[field], "to": after[field]})
        for field, kind in MOVES.items()
        if field in before and before[field] != after[field]
    ]
    found += _amount(before, after)
    found += _tags(before, after)
    if before.get("type") == "lead" and after["type"] == "opportunity":
        found.append(("converted", {}))
    outcome = _outcome(before.get("won_status", after["won_status"]), after)
    return found + (outcome or _probability(before, after))


def beginning(after):
    """What a new lead tells besides having been created: that it was won or lost at once."""
    return _outcome("pending", after)


def _amount(before, after):
    data = {}
    for field, prefix in (("expected_revenue", ""), ("recurring_revenue", "recurring_")):
        if field in before and abs(before[field] - after[field]) >= CENT:
            data |= {f"{prefix}from": before[field], f"{prefix}to": after[field]}
    return [("amount_changed", data)] if data else []


def _tags(before, after):
    if before.get("tag_ids", after.get("tag_ids")) == after.get("tag_ids"):
        return []
    old, new = before["tag_ids"], after["tag_ids"]
    return [("tagged", {"added": sorted(new - old), "removed": sorted(old - new)})]


def _outcome(was, after):
    now = after["won_status"]
    if now == was:
        return []
    if now == "lost":
        return [("lost", {"reason": after["lost_reason_id"]})]
    return [("won", {})] if now == "won" else [("reopened", {"from": was})]


def _probability(before, after):
    """Only what somebody typed: a probability that follows the automatic one is no event."""
    if "probability" not in before or after["won_status"] != "pending":
        return []
    moved = abs(before["probability"] - after["probability"]) >= CENT
    typed = abs(after["probability"] - after["automated_probability"]) >= CENT
    return [("probability_set", {"from": before["probability"], "to": after["probability"]})] if moved and typed else []
