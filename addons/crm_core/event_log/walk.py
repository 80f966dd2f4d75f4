"""Which part of the log comes next, where several have to go over all of it and began at different times."""


def next_ground(reached, highest, size):
    """The next range of ids for those that are furthest behind.

    :param reached: ids up to which each of them is done
    :param int highest: the last id of the log
    :param int size: how many ids at a time
    :return: (after, until), `after` excluded, and never beyond where the next one waits, so
        that they go on together from there; None when all have arrived
    """
    waiting = sorted({position for position in reached if position < highest})
    if not waiting:
        return None
    after, until = waiting[0], waiting[1] if len(waiting) > 1 else highest
    return after, min(after + size, until)
