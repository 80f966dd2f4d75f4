"""How many leads a member has room for: a true maximum in 30 days, spread over working days."""

from datetime import timedelta
from math import ceil

WINDOW = 30  # days


def day_share(room, given_today, days_left, unused=0):
    """How many more leads fit into today's share: the room is spread over the days that are left, and
    what earlier days left unused is made up for.

    :param int room: how many more fit into the 30 days
    :param int given_today: leads given today (they are taken off `room` already)
    :param int days_left: working days, today included, until the oldest lead of the 30 days
        falls out of them; 0: today is no working day
    :param int unused: see `unused`
    :return: int, at least 0 and at most `room`. A maximum of 1 is one lead, not none.
    """
    if room <= 0 or days_left <= 0:
        return 0
    share = ceil((room + given_today) / days_left)
    return max(min(max(share - given_today, unused), room), 0)


def unused(maximum, given, worked, days):
    """What working days, today included, would have allowed of a maximum beyond what was given: each day of
    work adds its part, each lead takes one off.

    :param int maximum: in 30 days
    :param int given: leads given in them
    :param int worked: days that he worked since then, or since leads are counted
    :param int days: working days of 30 days without any leave; 0: he never works
    :return: int, at least 0. Rounded up: a maximum of 1 is one lead on the first day.
    """
    return max(ceil(maximum * min(worked, days) / days) - given, 0) if days else 0


def working_days(first, last, weekdays, off=()):
    """How many working days there are from one day to another, both included.

    :param date first, last: 0 where the last is earlier
    :param weekdays: the weekdays that are worked, Monday is 0
    :param off: container of days on which nobody works
    """
    number = (last - first).days + 1
    days = (first + timedelta(days=step) for step in range(number))
    return sum(day.weekday() in weekdays and day not in off for day in days)
