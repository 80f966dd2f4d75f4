"""What the engine is told and what it answers. Frozen, without Odoo; ids are plain integers, 0: not known."""

from dataclasses import dataclass, field
from math import nan

# Parts of the fit and how much each weighs: the one place where it is said
WEIGHTS = {
    "distance": 25,
    "region": 20,
    "branch": 15,
    "won": 15,
    "room": 10,
    "answer": 5,
    "grade": 5,
    "language": 5,
}

# Why a partner is not asked at all, from the most lasting reason to the most passing one
NOT_ASKED = ("no_mail", "company", "protected", "had_it", "region", "branch", "paused", "no_room")

# Ways in which a lead is offered
BEST, FIRST, TURN = WAYS = ("best", "first", "turn")


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead that looks for a partner.

    :param int company: of ours; 0: of any
    :param float latitude: in degrees, nan where it is not known; 0 is on the equator
    :param float longitude: in degrees, nan where it is not known
    :param frozenset had: ids of partners who were asked already, or declined
    :param frozenset kept_for: families that registered its company, for which alone it is; empty: for all
    """

    id: int
    company: int = 0
    country: int = 0
    state: int = 0
    latitude: float = nan
    longitude: float = nan
    industry: int = 0
    tags: frozenset = frozenset()
    language: int = 0
    had: frozenset = frozenset()
    kept_for: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody to whom leads can be offered.

    :param int family: the company that he belongs to
    :param frozenset countries: those he serves as a whole
    :param frozenset states: those he serves in countries of which he does not serve the whole, which are `partly`;
        who names neither countries nor states serves all
    :param frozenset industries: those he takes; empty: all. `tags` and `languages` likewise
    :param float grade: weight of his grade
    :param int capacity: open leads at the same time; 0: any number
    :param int load: open leads and offers that he has now
    :param int won, lost: his closed leads
    :param float answer: hours that he took to answer on average, nan where he was never asked
    :param int last_offer: the higher, the later he was asked last; 0: never
    """

    id: int
    company: int = 0
    family: int = 0
    country: int = 0
    state: int = 0
    latitude: float = nan
    longitude: float = nan
    countries: frozenset = frozenset()
    states: frozenset = frozenset()
    partly: frozenset = frozenset()
    industries: frozenset = frozenset()
    tags: frozenset = frozenset()
    languages: frozenset = frozenset()
    grade: float = 1.0
    capacity: int = 0
    load: int = 0
    won: int = 0
    lost: int = 0
    answer: float = nan
    last_offer: int = 0
    has_mail: bool = True
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the fit: `value` is what a person is told (km, free places, a share), `points` out of its weight."""

    part: str
    kind: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A partner who fits: `score` from 0 to 100."""

    partner: int
    score: float
    reasons: tuple = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is to be asked for a lead, best first, and how many were not, by reason."""

    lead: int
    choices: tuple = ()
    left_out: dict = field(default_factory=dict)
