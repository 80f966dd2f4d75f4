"""The demo story as data: repeatable, plausible, and with something in it for a score to find."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from story import cast, plot
from story.events import Done, Meeting, Message, Move, Planned, at_work

TODAY = date(2026, 3, 18)
NOW = datetime.combine(TODAY, time.min)
SPECIAL = (
    "hungarian",
    "free_mailbox",
    "demo_request",
    "not_this_half_year",
    "too_expensive",
    "reseller_1",
    "reseller_2",
)


@pytest.fixture(scope="module")
def story():
    return plot.tell(TODAY)


@pytest.fixture(scope="module")
def closed(story):
    return [deal for deal in story.deals if deal.closed]


def win_rate(deals):
    deals = list(deals)
    return sum(deal.outcome == "won" for deal in deals) / len(deals)


def test_same_day_and_seed_give_the_same_story(story):
    """Told twice it is equal to the last letter; another seed tells another one."""
    assert plot.tell(TODAY) == story
    assert plot.tell(TODAY, seed=20).deals != story.deals


def test_counts(story, closed):
    """About 900 closed deals, both ways, and about 300 open ones; leads and opportunities, some nobody's."""
    assert len(closed) == plot.CLOSED + 1
    assert 0.35 < win_rate(closed) < 0.55
    open_ones = Counter((deal.kind, bool(deal.owner)) for deal in story.deals if deal.outcome == "open")
    assert 190 < open_ones["opportunity", True] < 230
    assert open_ones["opportunity", False] == 0
    assert 30 < open_ones["lead", True] < 60
    assert 50 < open_ones["lead", False] < 70
    assert len({deal.key for deal in story.deals}) == len(story.deals)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (lambda deal: deal.quick, lambda deal: not deal.quick),
        (lambda deal: deal.brochure, lambda deal: not deal.brochure),
        (lambda deal: deal.channel.key == "referral", lambda deal: deal.channel.key == "cold"),
        (lambda deal: deal.company.industry == "Manufacturing", lambda deal: deal.company.industry == "Education"),
        (lambda deal: deal.company.size == 2, lambda deal: deal.company.size == 0),
        (lambda deal: deal.company.country.code == "HU", lambda deal: deal.company.country.code == "US"),
        (lambda deal: not deal.company.has_free_mailbox, lambda deal: deal.company.has_free_mailbox),
    ],
    ids=["quick answers", "brochure", "source", "industry", "size", "country", "mailbox"],
)
def test_what_wins_deals(closed, better, worse):
    """Each driver of the story shows in the outcome, by more than chance alone would make."""
    assert win_rate(filter(better, closed)) > win_rate(filter(worse, closed)) + 0.08


def test_history_is_in_order(story):
    """A deal is created, assigned, converted and closed in this order, and its events keep it."""
    for deal in story.deals:
        days = [day for day in (deal.created, deal.assigned, deal.converted, deal.closed) if day]
        assert days == sorted(days), deal.key
        past = [event.at for event in deal.events if not isinstance(event, Planned)]
        assert past == sorted(past), deal.key
        assert all(deal.created <= at <= (deal.closed or NOW) for at in past), deal.key


def test_nothing_lies_in_the_future_but_plans(story):
    """Only planned activities, meetings to come and expected closings are later than the day of the telling."""
    for deal in story.deals:
        assert max(filter(None, (deal.created, deal.assigned, deal.converted, deal.closed))) < NOW
        assert all(event.at < NOW for event in deal.events if not isinstance(event, Planned))
        for meeting in deal.of(Meeting):
            assert deal.outcome == "open" or meeting.start < deal.closed
    meetings = [meeting.start for deal in story.deals for meeting in deal.of(Meeting)]
    assert max(meetings) > NOW


def test_history_covers_two_years(closed):
    """Deals were closed in each of the last 24 months; summer's end has fewer new ones than autumn."""
    assert min(deal.closed for deal in closed) > NOW - timedelta(days=731)
    months = Counter((NOW - deal.closed).days * 24 // 731 for deal in closed)
    assert set(months) == set(range(24))
    begun = Counter(deal.created.month for deal in closed)
    assert begun[8] < begun[9]


def test_plans_are_late_today_ahead_or_missing(story):
    """Open opportunities show all four states of the next step."""
    states = Counter()
    for deal in story.deals:
        if deal.outcome == "open" and deal.kind == "opportunity":
            due = min((event.due for event in deal.of(Planned)), default=None)
            states["none" if due is None else (due > TODAY) - (due < TODAY)] += 1
    assert set(states) == {"none", -1, 0, 1}
    assert min(states.values()) >= 15


def test_owners_belong_to_the_deal_s_team(story):
    """Whoever owns a deal is a member of its team."""
    members = {team.key: {member.login for member in team.members} for team in cast.TEAMS}
    for deal in story.deals:
        assert not deal.owner or deal.owner in members[deal.team], deal.key


def test_lost_deals_know_why(closed):
    """A lost deal has a reason, a won one has none and ends in the won stage."""
    for deal in closed:
        assert bool(deal.reason) == (deal.outcome == "lost")
        assert (deal.of(Move)[-1:] and deal.of(Move)[-1].depth == 1.0) == (deal.outcome == "won") or not deal.of(Move)


def test_names_are_plainly_invented(story):
    """Every address lies below example.com, every colleague is called Demo, no company name comes twice."""
    assert all(deal.company.email.endswith(("@example.com", ".example.com")) for deal in story.deals)
    assert all(person.name.endswith(" Demo") for person in story.people)
    names = {deal.company.name for deal in story.deals}
    assert len(names) == len({" ".join(name.split()[:2]) for name in names})


@pytest.mark.parametrize("key", SPECIAL)
def test_special_deals_are_there(story, key):
    """What the documentation speaks of has its deal, with somebody's words in it."""
    assert story.deal(key).of(Message)


def test_special_deals_are_as_told(story):
    """The seven deals keep their circumstances whatever the day."""
    hungarian = story.deal("hungarian")
    assert (hungarian.company.country.code, hungarian.company.size) == ("HU", 2)
    assert hungarian.quick and hungarian.brochure and hungarian.of(Done)
    nobody = story.deal("free_mailbox")
    assert nobody.company.has_free_mailbox and not nobody.of(Planned) and nobody.last_event < NOW - timedelta(days=60)
    (call,) = story.deal("not_this_half_year").of(Planned)
    assert call.due - TODAY == timedelta(days=182)
    assert story.deal("too_expensive").reason == "Too expensive"
    assert [deal.key for deal in story.deals if deal.reseller] == ["reseller_1", "reseller_2"]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=days) for days in range(0, 14, 3)])
def test_any_day_will_do(day):
    """The named deals are complete on every weekday: open ones open, with their last step done."""
    told = plot.tell(day)
    depths = {key: told.deal(key).depth for key in SPECIAL}
    assert depths == {
        "hungarian": 0.5,
        "free_mailbox": 0.0,
        "demo_request": 0.0,
        "not_this_half_year": 0.4,
        "too_expensive": 0.85,
        "reseller_1": 0.25,
        "reseller_2": 0.5,
    }
    assert told.deal("too_expensive").closed


def test_work_is_done_in_working_hours():
    """A Saturday night becomes Monday morning; a weekday at ten stays as it is."""
    assert at_work(datetime(2026, 3, 21, 23, 5)) == datetime(2026, 3, 23, 7, 5)
    assert at_work(datetime(2026, 3, 18, 10, 0)) == datetime(2026, 3, 18, 10, 0)
