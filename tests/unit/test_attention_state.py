"""Which state an open lead is in, since when, and when time alone changes it."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from crm_core.attention.state import Facts, Reason, Rules, attention
from crm_core.attention.working_time import WorkingTime
from hypothesis import given
from hypothesis import strategies as st

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EARLY = datetime(2026, 3, 2)  # a Monday


def at(text):
    """Moments and days of March 2026, in UTC: "05 10:00", "05"."""
    if isinstance(text, tuple):
        return tuple(map(at, text))
    if text is None or " " not in text:
        return text and date(2026, 3, int(text))
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2026, 3, int(day), int(hour), int(minute))


def facts(**told):
    """A lead of the 2nd at 8:00 with a step on the 9th, and what is told of it."""
    known = {"created": "02 08:00", "next_step": "09", **told}
    return Facts(**{name: value if name == "step_tz" else at(value) for name, value in known.items()})


# Monday to Friday, 8 to 16, Monday the 16th is a holiday; known until Friday the 27th
OFFICE = WorkingTime(
    (EARLY + day * DAY + 8 * HOUR, EARLY + day * DAY + 16 * HOUR) for day in range(26) if day % 7 < 5 and day != 14
)
RULES = Rules(response_minutes=240, quiet_days=7, tz="Europe/Budapest", working=OFFICE)  # an hour ahead of UTC
WROTE = {"waiting_since": "05 10:00", "last_in": "05 10:00"}
MEETING = {"next_step": None, "meeting": ("05 10:00", "05 11:00")}
ASLEEP = {"slept_at": "04 12:00", "sleep_until": "06"}

SITUATIONS = [
    # what there is, now, state, since, next change
    ("a step is planned", {}, "03 10:00", "on_track", "02 08:00", "09 08:00"),
    ("a contact is a sign of life", {"last_out": "03 09:00"}, "03 10:00", "on_track", "03 09:00", "09 23:00"),
    ("the answer is not due yet", WROTE, "05 13:59", "on_track", "05 10:00", "05 14:00"),
    ("the answer is due", WROTE, "05 14:00", "waiting_for_us", "05 14:00", None),
    ("waiting comes before overdue", WROTE, "20 10:00", "waiting_for_us", "05 14:00", None),
    ("over a weekend and a holiday", {**WROTE, "waiting_since": "13 14:00", "next_step": "18"}, "17 09:59",
     "stalled", "12 10:00", "17 10:00"),
    ("beyond the known calendar", {"waiting_since": "27 14:00", "next_step": None}, "27 15:00",
     "no_next_step", "02 08:00", "27 16:00"),
    ("when the known calendar is over", {"waiting_since": "27 14:00", "next_step": None}, "28 15:00",
     "no_next_step", "02 08:00", "29 15:00"),
    ("asleep until midnight in Budapest", ASLEEP, "05 22:59", "sleeping", "04 12:00", "05 23:00"),
    ("awake again", ASLEEP, "05 23:00", "on_track", "05 23:00", "09 08:00"),
    ("asleep, moment unknown", {**ASLEEP, "slept_at": None}, "04 13:00", "sleeping", "02 08:00", "05 23:00"),
    ("sleep hides a late step", {**ASLEEP, "next_step": "03"}, "05 10:00", "sleeping", "04 12:00", "05 23:00"),
    ("the late step shows after it", {**ASLEEP, "next_step": "03"}, "06 10:00", "overdue", "03 23:00", None),
    ("he writes to a sleeping lead", {**ASLEEP, **WROTE}, "05 13:59", "sleeping", "04 12:00", "05 14:00"),
    ("and waits", {**ASLEEP, **WROTE}, "05 14:00", "waiting_for_us", "05 14:00", None),
    ("so too where the moment of sleep is unknown", {**ASLEEP, **WROTE, "slept_at": None}, "05 14:00",
     "waiting_for_us", "05 14:00", None),
    ("he wrote before it slept", {**ASLEEP, "waiting_since": "04 12:00"}, "05 10:00",
     "sleeping", "04 12:00", "05 23:00"),
    ("and is still unanswered when it wakes", {**ASLEEP, "waiting_since": "04 11:00"}, "05 23:00",
     "waiting_for_us", "04 15:00", None),
    ("the day of the step", {"next_step": "05"}, "05 22:59", "on_track", "02 08:00", "05 23:00"),
    ("the day after", {"next_step": "05"}, "05 23:00", "overdue", "05 23:00", None),
    ("overdue comes before quiet", {"next_step": "05"}, "20 10:00", "overdue", "05 23:00", None),
    ("clocks jump on the 29th: before", {"next_step": "28", "last_out": "27 10:00"}, "28 22:59",
     "on_track", "27 10:00", "28 23:00"),
    ("clocks jump on the 29th: after", {"next_step": "29", "last_out": "27 10:00"}, "29 21:59",
     "on_track", "27 10:00", "29 22:00"),
    ("never a step", {"next_step": None}, "20 10:00", "no_next_step", "02 08:00", None),
    ("the last step is done", {"next_step": None, "steps_closed": "03 15:00"}, "20 10:00",
     "no_next_step", "03 15:00", None),
    ("no step when it wakes", {**ASLEEP, "next_step": None, "steps_closed": "03 15:00"}, "06 10:00",
     "no_next_step", "05 23:00", None),
    ("a meeting is a step", MEETING, "04 10:00", "on_track", "02 08:00", "05 11:00"),
    ("until it ends", MEETING, "05 10:59", "on_track", "02 08:00", "05 11:00"),
    ("then it is none", MEETING, "05 11:00", "no_next_step", "05 11:00", None),
    ("a meeting is never late", {**MEETING, "next_step": "20"}, "06 10:00", "on_track", "02 08:00", "09 08:00"),
    ("nor does it hide a late step", {**MEETING, "next_step": "03"}, "04 10:00", "overdue", "03 23:00", None),
    ("a meeting ended while it slept", {**ASLEEP, **MEETING}, "06 10:00", "no_next_step", "05 23:00", None),
    ("quiet, although a meeting is ahead", {**MEETING, "meeting": ("19 10:00", "19 11:00")}, "10 10:00",
     "stalled", "09 08:00", "19 11:00"),
    ("quiet, almost", {"next_step": "25", "last_in": "10 10:00"}, "17 09:59", "on_track", "10 10:00", "17 10:00"),
    ("quiet too long", {"next_step": "25", "last_in": "10 10:00"}, "17 10:00", "stalled", "17 10:00", "25 23:00"),
    ("a new stage is a sign of life", {"next_step": "25", "stage_since": "11 10:00"}, "17 10:00",
     "on_track", "11 10:00", "18 10:00"),
    ("a step in Ulaanbaatar", {"next_step": "05", "step_tz": "Asia/Ulaanbaatar"}, "05 15:59",
     "on_track", "02 08:00", "05 16:00"),
    ("is late there first", {"next_step": "05", "step_tz": "Asia/Ulaanbaatar"}, "05 16:00",
     "overdue", "05 16:00", None),
    ("a step in São Paulo", {"next_step": "05", "step_tz": "America/Sao_Paulo"}, "06 02:59",
     "on_track", "02 08:00", "06 03:00"),
    ("a step nowhere is in Budapest", {"next_step": "05", "step_tz": "Mars/Olympus"}, "05 22:59",
     "on_track", "02 08:00", "05 23:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "now", "state", "since", "next_change"),
    [row[1:] for row in SITUATIONS],
    ids=[row[0] for row in SITUATIONS],
)
def test_situation(told, now, state, since, next_change):
    """Each situation has its state, the moment it began, and the moment at which time alone ends it."""
    found = attention(facts(**told), RULES, at(now))
    assert (found.state, found.since, found.next_change) == (state, at(since), at(next_change))


@pytest.mark.parametrize(
    ("told", "now", "reason"),
    [
        (WROTE, "05 14:00", Reason("unanswered", (("waiting_since", at("05 10:00")), ("minutes", 240)))),
        (ASLEEP, "05 10:00", Reason("asleep", (("until", at("06")),))),
        ({"next_step": "05"}, "06 10:00", Reason("step_late", (("due", at("05")),))),
        ({"next_step": None}, "06 10:00", Reason("never_planned")),
        ({"next_step": None, "steps_closed": "05 10:00"}, "06 10:00",
         Reason("steps_closed", (("closed", at("05 10:00")),))),
        (MEETING, "04 10:00", Reason("meeting_planned", (("start", at("05 10:00")),))),
        ({**MEETING, "next_step": "05"}, "04 10:00", Reason("meeting_planned", (("start", at("05 10:00")),))),
        ({**MEETING, "next_step": "04"}, "04 10:00", Reason("step_planned", (("due", at("04")),))),
        (MEETING, "06 10:00", Reason("steps_closed", (("closed", at("05 11:00")),))),
        ({}, "09 10:00", Reason("quiet", (("last_sign", at("02 08:00")), ("days", 7)))),
        ({}, "06 10:00", Reason("step_planned", (("due", at("09")),))),
    ],
)  # fmt: skip
def test_reason(told, now, reason):
    """What a sentence needs: a code, numbers, days and moments, no words."""
    assert attention(facts(**told), RULES, at(now)).reason == reason


def test_nothing_is_promised():
    """Without a response time nobody waits; without a limit nothing is quiet."""
    found = attention(facts(**WROTE), replace(RULES, response_minutes=0, quiet_days=0), at("09 10:00"))
    assert (found.state, found.next_change) == ("on_track", at("09 23:00"))


@pytest.mark.parametrize(
    ("tz", "step", "late"),
    [
        ("America/Sao_Paulo", date(2018, 11, 3), datetime(2018, 11, 4, 3)),  # clocks skip midnight
        ("America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 4)),  # clocks show it twice
        ("Europe/Budapest", date(2026, 10, 25), datetime(2026, 10, 25, 23)),  # a day of 25 hours
        ("Mars/Olympus", date(2026, 3, 5), datetime(2026, 3, 6)),  # unknown: UTC
        ("../etc", date(2026, 3, 5), datetime(2026, 3, 6)),
    ],
)
def test_first_moment_of_a_day(tz, step, late):
    """A step is late from the first moment of the next day, whatever the clocks do."""
    lead, rules = Facts(created=datetime(2018, 1, 1), next_step=step), Rules(0, 0, tz, OFFICE)
    assert attention(lead, rules, late - HOUR).next_change == late
    assert attention(lead, rules, late).state == "overdue"


def test_for_ever():
    """The last day of all and a limit of millions of days never come."""
    lead = Facts(created=EARLY, next_step=date.max)
    found = attention(lead, Rules(0, 10**8, "UTC", OFFICE), EARLY + DAY)
    assert (found.state, found.next_change) == ("on_track", None)


def spec(facts, rules, now):
    """The states as a person would say them, with the calendar days that the clocks show."""

    def today(tz):
        return now.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz)).date()

    slept = facts.sleep_until is not None and today(rules.tz) < facts.sleep_until
    seen = facts.waiting_since and facts.waiting_since <= (facts.slept_at or facts.created)
    if facts.waiting_since and rules.response_minutes and not (slept and seen):
        due = rules.working.add(facts.waiting_since, rules.response_minutes)
        if due and due <= now:
            return "waiting_for_us"
    if slept:
        return "sleeping"
    if facts.next_step and facts.next_step < today(facts.step_tz or rules.tz):
        return "overdue"
    if not facts.next_step and not (facts.meeting and now < facts.meeting[1]):
        return "no_next_step"
    signs = [facts.last_in, facts.last_out, facts.stage_since, facts.created]
    quiet = max(sign for sign in signs if sign) + rules.quiet_days * DAY <= now
    return "stalled" if rules.quiet_days and quiet else "on_track"


# around the days of March and October on which Budapest's clocks change
moments = st.one_of(st.datetimes(EARLY, EARLY + 30 * DAY), st.datetimes(datetime(2026, 10, 20), datetime(2026, 10, 30)))
days = moments.map(datetime.date)
zones = st.sampled_from(["Europe/Budapest", "Asia/Ulaanbaatar", "America/Sao_Paulo", "America/Havana"])
any_facts = st.builds(
    Facts,
    created=moments,
    step_tz=st.one_of(st.just(""), zones),
    **dict.fromkeys(["last_in", "last_out", "waiting_since", "stage_since", "slept_at"], st.none() | moments),
    **dict.fromkeys(["next_step", "sleep_until"], st.none() | days),
    steps_closed=st.none() | moments,
    meeting=st.none() | st.builds(lambda start, hours: (start, start + hours * HOUR), moments, st.integers(1, 48)),
)
any_rules = st.builds(
    Rules,
    response_minutes=st.sampled_from([0, 1, 240, 3000]),
    quiet_days=st.sampled_from([0, 1, 7]),
    tz=zones,
    working=st.sampled_from([OFFICE, WorkingTime.always(), WorkingTime([])]),
)


@given(any_facts, any_rules, moments, st.data())
def test_nothing_changes_before_next_change(facts, rules, now, data):
    """From now up to the next change the state stays; there it changes, unless the calendar was too short."""
    found = attention(facts, rules, now)
    assert found == attention(facts, rules, now)
    assert found.state == spec(facts, rules, now)
    assert found.since <= now
    end = found.next_change or datetime(2027, 6, 1)
    assert now < end
    later = data.draw(st.one_of(st.datetimes(now, end), st.just(end)).filter(lambda moment: now < moment))
    if later < end or not found.next_change:
        assert attention(facts, rules, later).state == found.state == spec(facts, rules, later)
    waits = facts.waiting_since and rules.response_minutes
    if found.next_change and not (waits and rules.working.add(facts.waiting_since, rules.response_minutes) is None):
        assert attention(facts, rules, end).state != found.state
