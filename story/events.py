"""What happens to a deal, and when. All times are UTC without a zone, as Odoo keeps them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from story.cast import Channel
from story.companies import Company

FIRST_HOUR, LAST_HOUR = 7, 16


@dataclass(frozen=True)
class Message:
    """`by`: customer, owner or note (what the website notes by itself)."""

    at: datetime
    by: str
    subject: str
    body: str


@dataclass(frozen=True)
class Move:
    """The deal reached this depth of the pipeline: 0 is the first stage, 1 is won."""

    at: datetime
    depth: float


@dataclass(frozen=True)
class Done:
    """An activity that was finished; `kind`: call, email, meeting or todo."""

    at: datetime
    kind: str
    summary: str
    note: str


@dataclass(frozen=True)
class Planned:
    due: date
    kind: str
    summary: str


@dataclass(frozen=True)
class Meeting:
    at: datetime
    start: datetime
    hours: float
    name: str


@dataclass(frozen=True)
class Deal:
    key: str
    name: str
    kind: str
    team: str
    owner: str
    company: Company
    channel: Channel
    product: str
    revenue: int
    created: datetime
    outcome: str
    depth: float
    events: tuple
    assigned: datetime | None = None
    converted: datetime | None = None
    closed: datetime | None = None
    deadline: date | None = None
    reason: str = ""
    priority: int = 0
    tags: tuple[str, ...] = ()
    quick: bool = False
    brochure: bool = False
    reseller: bool = False

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def last_event(self):
        """When something last happened; what is planned has not."""
        return max((event.at for event in self.events if not isinstance(event, Planned)), default=self.created)


def at_work(moment):
    """The same moment or the next one in working hours, minutes kept."""
    if moment.hour > LAST_HOUR:
        moment = moment.replace(hour=FIRST_HOUR) + timedelta(days=1)
    elif moment.hour < FIRST_HOUR:
        moment = moment.replace(hour=FIRST_HOUR)
    return moment + timedelta(days=(7 - moment.weekday()) * (moment.weekday() > 4))


class Clock:
    """Walks forward through a deal's life; with each step some time passes, never backwards."""

    def __init__(self, rng, start):
        self.rng = rng
        self.now = at_work(start)

    def after(self, hours):
        """About so many hours later."""
        minutes = hours * 60 * self.rng.uniform(0.7, 1.3) + 3
        self.now = at_work(self.now + timedelta(minutes=round(minutes)))
        return self.now
