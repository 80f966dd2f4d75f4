"""Levels by rules: the highest one whose rule is met, at once upwards, downwards after a grace period."""

from datetime import timedelta

from .facts import ALL, DOWN, GRACE, STAY, UP, Progress, Verdict


def is_met(level, standing):
    """A level that asks for nothing is met by everybody."""
    asked = _asked(level, standing)
    if not asked:
        return True
    return (all if level.needs == ALL else any)(has >= need for has, need in asked)


def earned(levels, standing):
    """:return: the best level whose rule is met; the lowest where none is, since nobody loses all by rules"""
    ranked = sorted(levels, key=lambda level: level.rank, reverse=True)
    return next((level for level in ranked if is_met(level, standing)), ranked[-1])


def judge(levels, standing, today, grace_days):
    """What becomes of a partner today.

    :param levels: not empty, the partner's own one among them
    :raise KeyError: where it is not
    """
    own = {level.id: level for level in levels}[standing.level]
    best = earned(levels, standing)
    if best.rank > own.rank:
        return Verdict(standing.partner, UP, best.id)
    if best.rank == own.rank:
        return Verdict(standing.partner, STAY, own.id)
    below = standing.below or today
    until = below + timedelta(days=grace_days)
    if today < until:
        return Verdict(standing.partner, GRACE, own.id, below, until)
    return Verdict(standing.partner, DOWN, best.id, below, until)


def progress(levels, standing):
    """What is left to the next better level, or None on the highest one."""
    own = {level.id: level for level in levels}[standing.level]
    better = [level for level in levels if level.rank > own.rank]
    if not better:
        return None
    following = min(better, key=lambda level: level.rank)
    shares = [min(max(has, 0) / need, 1.0) for has, need in _asked(following, standing)]
    share = (min if following.needs == ALL else max)(shares) if shares else 1.0
    return Progress(
        following.id,
        max(following.amount - standing.amount, 0.0) if following.amount else 0.0,
        max(following.count - standing.count, 0) if following.count else 0,
        following.needs,
        share,
    )


def _asked(level, standing):
    """[(what he has, what is needed), …] of what the level asks for."""
    pairs = ((standing.amount, level.amount), (standing.count, level.count))
    return [(has, need) for has, need in pairs if need > 0]
