"""Which contacts answer the other side, and how long that took."""


def answers(contacts):
    """
    :param contacts: iterable of (id, moment, direction), oldest first; direction is `in`, `out`
        or `both`, moments are datetimes
    :return: dict id -> timedelta since the other side's first contact that nobody had answered
    """
    waiting, found = {}, {}
    for contact, moment, direction in contacts:
        for side, other in (("in", "out"), ("out", "in")):
            if direction in (side, "both") and other in waiting:
                found[contact] = moment - waiting.pop(other)
        if direction != "both":
            waiting.setdefault(direction, moment)
            waiting.pop("out" if direction == "in" else "in", None)
    return found
