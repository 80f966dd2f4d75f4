"""The story as a whole: who asked, who sold, what came of it, as it stands on a given day."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from story import cast, chance, companies, specials, words
from story.events import Deal, Meeting, Planned, at_work
from story.life import Life, Setting

SEED = 19
CLOSED, OPPORTUNITIES, LEADS = 900, 205, 100
HISTORY_DAYS = 730
SEASON = (0.85, 1.0, 1.15, 1.0, 1.0, 1.1, 0.7, 0.55, 1.2, 1.25, 1.1, 0.7)  # January first

NEXT = (  # what is planned from which depth on
    (0.0, "email", "Answer the enquiry"),
    (0.25, "call", words.CALL),
    (0.4, "meeting", words.SHOW),
    (0.5, "todo", words.QUOTE),
    (0.75, "call", words.FOLLOW_UP),
    (0.85, "call", "Ask for the decision"),
)


@dataclass(frozen=True)
class Story:
    today: date
    seed: int
    deals: tuple[Deal, ...]
    people = cast.PERSONAS + cast.COLLEAGUES
    teams = cast.TEAMS
    channels = cast.CHANNELS

    @property
    def companies(self):
        return {deal.company.name: deal.company for deal in self.deals}

    def deal(self, key):
        return next(deal for deal in self.deals if deal.key == key)


def tell(today, seed=SEED):
    """The story as of the morning of `today`; the same for the same day and seed."""
    rng = Random(f"{seed} names")
    names = iter(companies.names(rng))
    midnight = datetime.combine(today, time.min)
    deals = [
        *specials.deals(today, Random(f"{seed} specials")),
        *_many(seed, "closed", CLOSED, _closed, names, midnight),
        *_many(seed, "open", OPPORTUNITIES, _opportunity, names, midnight),
        *_many(seed, "lead", LEADS, _lead, names, midnight),
    ]
    return Story(today, seed, tuple(sorted(deals, key=lambda deal: (deal.created, deal.key))))


def _many(seed, kind, count, make, names, now):
    """`count` deals, each with a chance of its own; what doesn't fit the kind is drawn again."""
    known = []
    for number in range(count):
        rng = Random(f"{seed} {kind} {number}")
        company = _customer(rng, names, known if kind == "closed" else ())
        deal = None
        while deal is None:
            deal = make(rng, f"{kind}_{number}", company, now, number)
        known.append(deal.company)
        yield deal


def _customer(rng, names, known):
    """A new company, or one that has asked before."""
    if known and rng.random() < 0.22:
        return rng.choice(known)
    return companies.invent(rng, next(names), free_mailbox=rng.random() < 0.1)


def _closed(rng, key, company, now, _number):
    created = _day_in_season(rng, now, HISTORY_DAYS + 60)
    setting = _setting(rng, company, created)
    life = Life(rng, setting)
    if not now - timedelta(days=HISTORY_DAYS) < life.closed < now:
        return None
    deadline = life.closed.date() + timedelta(rng.randint(-12, 20))
    return _deal(rng, key, setting, life, setting.outcome, deadline=deadline)


def _opportunity(rng, key, company, now, _number):
    setting = _setting(rng, company, _day_in_season(rng, now, 120))
    life = Life(rng, setting)
    if life.closed < now or life.converted is None or life.converted >= now:
        return None
    life.until(now)
    today = now.date()
    life.events += _plan(rng, life, setting, today)
    deadline = today + timedelta(rng.randint(-15, -1) if rng.random() < 0.1 else rng.randint(4, 90))
    return _deal(rng, key, setting, life, "open", deadline=deadline)


def _lead(rng, key, company, now, number):
    """Three of five are nobody's yet; most of those came in this week."""
    fresh, unassigned = number % 5 < 2, number % 5 < 3
    created = now - timedelta(days=rng.uniform(0.1, 6) if fresh else rng.uniform(6, 24))
    stop = "enquiry" if unassigned else rng.choice(("assignment", "reply", "answer"))
    setting = _setting(rng, company, created, stop=stop, outcome="open")
    life = Life(rng, setting)
    if life.clock.now >= now:
        return None
    if not unassigned:
        life.events += _plan(rng, life, setting, now.date())
    return _deal(rng, key, setting, life, "open", unassigned=unassigned)


def _setting(rng, company, created, stop=None, outcome=None):
    channel = companies.weighted(rng, cast.CHANNELS)
    quick, brochure = rng.random() < 0.45, channel.key != "cold" and rng.random() < 0.3
    product, price, _share = companies.weighted(rng, words.PRODUCTS)
    revenue = price * words.SIZE_FACTOR[0 if company.has_free_mailbox else company.size] * rng.lognormvariate(0, 0.35)
    if outcome is None:
        won = rng.random() < chance.of_winning(company, channel, quick, brochure)
        outcome = "won" if won else "lost"
    reason = ""
    if outcome == "lost":
        stop, reason = _end(rng)
    return Setting(
        company,
        channel,
        product,
        max(200, round(revenue / 50) * 50),
        created,
        quick,
        brochure,
        pace=1.5 * rng.lognormvariate(0, 0.45) * (1 + 0.2 * company.size),
        outcome=outcome,
        reason=reason,
        stop=stop or "bargain",
    )


def _end(rng):
    """How far a lost deal came, and why it was lost; the price is heard of only with a quotation."""
    stop = rng.choices(("reply", "qualification", "call", "show", "follow_up", "bargain"), (24, 12, 14, 16, 20, 14))[0]
    if stop in ("follow_up", "bargain"):
        return stop, rng.choices(cast.LOST_REASONS, (40, 30, 12, 8, 10))[0]
    return stop, rng.choices(cast.LOST_REASONS, (0, 12, 22, 44, 22))[0]


def _plan(rng, life, setting, today):
    """The next step of an open deal: late, today, ahead, or none at all."""
    coming = next((event for event in life.events if isinstance(event, Meeting) and event.start.date() >= today), None)
    if coming:
        return [Planned(coming.start.date(), "meeting", words.fill(words.SHOW, setting.company, setting.product))]
    days = rng.choices((None, -rng.randint(1, 18), 0, rng.randint(1, 21)), (20, 20, 13, 47))[0]
    if days is None:
        return []
    kind, summary = next(step for depth, *step in reversed(NEXT) if life.depth >= depth)
    return [Planned(today + timedelta(days=days), kind, words.fill(summary, setting.company, setting.product))]


def _deal(rng, key, setting, life, outcome, deadline=None, unassigned=False):
    company = setting.company
    team = _team(rng, setting)
    member = rng.choices(team.members, [member.maximum or 30 for member in team.members])[0]
    odds = chance.of_winning(company, setting.channel, setting.quick, setting.brochure)
    tags = [tag for tag in words.TAGS if rng.random() < 0.12] + ["Brochure"] * setting.brochure
    return Deal(
        key=key,
        name=title(setting.product, company),
        kind="opportunity" if life.converted else "lead",
        team="" if unassigned and rng.random() < 0.7 else team.key,
        owner="" if unassigned else member.login,
        company=company,
        channel=setting.channel,
        product=setting.product,
        revenue=setting.revenue,
        created=life.created,
        assigned=life.assigned,
        converted=life.converted,
        closed=life.closed if outcome != "open" else None,
        outcome=outcome,
        depth=life.depth,
        events=tuple(life.events),
        deadline=deadline,
        reason=setting.reason if outcome == "lost" else "",
        priority=min(3, max(0, math.floor(odds * 3 + rng.uniform(-0.8, 0.6)))),
        tags=tuple(tags),
        quick=setting.quick,
        brochure=setting.brochure,
    )


def title(product, company):
    return f"{product} for {' '.join(company.name.split()[:2])}"


def _team(rng, setting):
    teams = {team.key: team for team in cast.TEAMS}
    if setting.channel.key == "referral":
        return teams["partners"]
    if setting.company.country.code in ("HU", "DE", "ES") and rng.random() < 0.35:
        return teams["europa"]
    return teams["enterprise" if setting.company.size + rng.random() > 2.0 else "small_business"]


def _day_in_season(rng, now, days):
    """A moment of the last `days`, likelier in good months and as the business grew."""
    while True:
        moment = at_work(now - timedelta(days=rng.uniform(0.2, days)))
        growth = 0.75 + 0.25 * (1 - (now - moment).days / (HISTORY_DAYS + 60))
        if moment < now and rng.random() < SEASON[moment.month - 1] * growth / 1.25:
            return moment
