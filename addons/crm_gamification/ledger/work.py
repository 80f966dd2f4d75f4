"""What people do for a lead: calls, meetings, the first answer, steps done in time."""

from .entries import Entry, course, key
from .facts import TEAM

CALL, MEETING, DONE = "call_out", "meeting_held", "activity_done"
PLANNED = "activity_planned"


def work(lead, guards):
    """The entries of all that colleagues did; what nobody of ours did has none."""
    teams = course(lead, TEAM)
    planned = {event.step: event.moment.date() for event in reversed(lead.events) if event.kind == PLANNED}
    found, called = [], set()
    for event in lead.events:
        if not event.user or event.kind not in (CALL, MEETING, DONE):
            continue
        team = teams.at(event.moment, event.id)
        if event.kind == MEETING:
            found.append(Entry(key("meeting", event, lead), "meeting", event.moment, event.user, team))
        if event.kind == CALL:
            why_not = _call(event, called, guards)
            found.append(Entry(key("call", event, lead), "call", event.moment, event.user, team, why_not=why_not))
        if event.step and event.deadline:
            why_not = _step(event, planned.get(event.step), guards)
            detail = {"deadline": event.deadline[:10]}
            found.append(
                Entry(key("step", event, lead), "step", event.moment, event.user, team, why_not=why_not, detail=detail)
            )
    return found + _answer(lead, teams)


def _call(event, called, guards):
    """Why a call does not count. called: (user, day) of those that did, added to."""
    if event.minutes is None and not guards.unknown_calls:
        return "length"
    if event.minutes is not None and event.minutes < guards.call:
        return "short"
    call = (event.user, event.moment.date())
    if guards.one_call and call in called:
        return "call_again"
    called.add(call)
    return None


def _step(event, planned, guards):
    done = event.moment.date()
    if done.isoformat() > event.deadline[:10]:
        return "late"
    if guards.planned and planned and planned >= done:
        return "same_day"
    return None


def _answer(lead, teams):
    """Our first answer to a customer who reached us first, by the hours on the clock."""
    contacts = [event for event in lead.events if event.contact]
    if not contacts or contacts[0].contact != "in":
        return []
    answer = next((event for event in contacts if event.contact in ("out", "both")), None)
    if not answer or not answer.user:
        return []
    hours = (answer.moment - contacts[0].moment).total_seconds() / 3600
    team = teams.at(answer.moment, answer.id)
    return [Entry(key("answer", answer, lead), "answer", answer.moment, answer.user, team, hours=round(hours, 4))]
