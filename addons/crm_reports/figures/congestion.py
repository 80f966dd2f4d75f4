"""When a stage is congested: one rule, wherever it is shown in red.

A stage of a team is congested when it holds more open deals than it usually does, or when the deals
that stand in it are older than twice what the team needs for it. Usual is what was enough at nine of
ten month ends of the last year; what the team needs is the median of the stays that have ended.
"""

import math
from dataclasses import dataclass
from statistics import median

MONTHS, LEAST_MONTHS = 12, 6
LEAST_STAYS = 20
LEAST_DEALS = 5
TIMES = 2
NINE_OF_TEN = 0.9


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for a stage of a team; None where too little is known.

    :param most: number of open deals that was enough at nine of ten month ends
    :param days: median of the days of stays that have ended
    """

    most: int | None = None
    days: float | None = None


def usual(month_ends, stays):
    """
    :param month_ends: open deals at each month end since the stage was first used, zeros included
    :param stays: days of each stay that has ended
    """
    most = None
    if len(month_ends) >= LEAST_MONTHS:
        most = sorted(month_ends)[math.ceil(NINE_OF_TEN * len(month_ends)) - 1]
    return Usual(most, median(stays) if len(stays) >= LEAST_STAYS else None)


def congestion(number, median_age, usual):
    """Why a stage is congested now: a tuple of `number` and `age`, empty where it is not.

    :param int number: open deals that stand in it
    :param float median_age: median of the days since they came into it
    """
    if number < LEAST_DEALS:
        return ()
    causes = []
    if usual.most is not None and number > usual.most:
        causes.append("number")
    if usual.days is not None and median_age > TIMES * usual.days:
        causes.append("age")
    return tuple(causes)
