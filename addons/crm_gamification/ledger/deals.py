"""Deals won and lost: which win stands, whose it is, and whether it counts."""

from datetime import timedelta

from .entries import Entry, course, key
from .facts import LOST, OWNER, REOPENED, TEAM, WON
from .forecast import foreseen


def deals(lead, guards):
    """The entries of its wins and of its being lost, and what the standing win is besides.

    A deal counts once at most: on the day on which it was won, where it still is. One that was taken back and
    won again within `again` days counts on the day on which it was first won.
    """
    wins, lost = _outcomes(lead)
    owners, teams = course(lead, OWNER), course(lead, TEAM)
    standing = _standing(wins, guards)
    found = []
    for place, (win, end) in enumerate(wins):
        user, detail = _owner(lead, owners, win, guards)
        if not user:
            continue
        why_not = _why_not(lead, win, user, guards)
        if place != standing:
            is_again = standing is not None and place > standing
            why_not, detail = ("again", {}) if is_again else ("taken_back", {"day": end.moment.date().isoformat()})
        entry = Entry(
            key(WON, win, lead), WON, win.moment, user, teams.at(win.moment, win.id), lead.amount, None, why_not, detail
        )
        found.append(entry)
        if place == standing:
            found += _besides(lead, win, entry, guards)
    user = lost and owners.at(lost.moment, lost.id)
    if user:
        why_not = "amount" if lead.amount < guards.least_amount else None
        team = teams.at(lost.moment, lost.id)
        found.append(Entry(key(LOST, lost, lead), LOST, lost.moment, user, team, lead.amount, None, why_not))
    return found


def _outcomes(lead):
    """[(win, what took it back or None)], and what the lead was lost by, None where it is not lost."""
    wins, lost = [], None
    for event in lead.events:
        if event.merged or event.kind not in (WON, LOST, REOPENED):
            continue
        if wins and wins[-1][1] is None and event.kind != WON:
            wins[-1] = (wins[-1][0], event)
        if event.kind == WON and (not wins or wins[-1][1]):
            wins.append((event, None))
        lost = event if event.kind == LOST else None
    return wins, lost


def _standing(wins, guards):
    """The place of the win that may count, None where the deal is won no longer."""
    if not wins or wins[-1][1]:
        return None
    place = len(wins) - 1
    while place and guards.again and wins[place][0].moment - wins[place - 1][1].moment <= _days(guards.again):
        place -= 1
    return place


def _owner(lead, owners, win, guards):
    """Whose deal it is: who had it before the last days, where it was somebody's then."""
    winner = owners.at(win.moment, win.id)
    if guards.reassigned:
        since = max(win.moment - _days(guards.reassigned), lead.created)
        earlier = owners.at(since)
        if earlier and winner and earlier != winner:
            return earlier, {"reassigned": winner}
    return winner, {}


def _why_not(lead, win, user, guards):
    if lead.amount < guards.least_amount:
        return "amount"
    if guards.least_age and win.moment - lead.created < _days(guards.least_age):
        return "age"
    if guards.duplicate and lead.author == user and any(_doubles(lead, kin, guards) for kin in lead.kin):
        return "duplicate"
    return None


def _doubles(lead, kin, guards):
    """Whether there was this deal already when the lead was made: open and not lost since, or just won."""
    if kin.lost or (kin.created, kin.id) >= (lead.created, lead.id):
        return False
    if kin.won and kin.closed and kin.closed < lead.created:
        return lead.created - kin.closed <= _days(guards.duplicate)
    return lead.created - kin.created <= _days(guards.duplicate)


def _besides(lead, win, entry, guards):
    """A new customer, or one won back, and the foreseen day; as the deal, it counts or does not."""
    if one := foreseen(lead, win, entry):
        yield one
    earlier = [
        kin.closed
        for kin in lead.kin
        if kin.customer and kin.won and kin.closed and (kin.closed, kin.id) < (win.moment, lead.id)
    ]
    kinds = {}
    if lead.customer and not earlier:
        kinds["customer"] = {}
    lost_since = _lost_before(lead, win, guards)
    if lost_since:
        kinds["winback"] = {"lost": lost_since.date().isoformat()}
    elif earlier and guards.asleep and win.moment - max(earlier) > _days(guards.asleep):
        kinds["winback"] = {"asleep": max(earlier).date().isoformat()}
    for kind, detail in kinds.items():
        yield Entry(
            key(kind, win, lead), kind, entry.moment, entry.user, entry.team, entry.amount, None, entry.why_not, detail
        )


def _lost_before(lead, win, guards):
    """Since when the deal was lost for long enough before it was won, None where it was not."""
    lost = None
    for event in lead.events:
        if event.merged or (event.moment, event.id) > (win.moment, win.id):
            continue
        if event.kind == LOST:
            lost = event.moment
        elif event.kind in (REOPENED, WON) and lost:
            if guards.lost_for and event.moment - lost >= _days(guards.lost_for):
                return lost
            lost = None
    return None


def _days(number):
    return timedelta(days=number)
