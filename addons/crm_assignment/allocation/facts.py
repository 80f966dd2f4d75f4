"""What the engine is told and what it answers. Frozen, without Odoo; all ids are plain integers."""

from dataclasses import dataclass, field

METHODS = ("round_robin", "least_loaded", "weighted")

# why a member was passed over, from the farthest from being chosen to the nearest
PAST = (
    *("filter_broken", "filter", "had_it", "paused", "archived", "holiday", "away", "no_room", "day_done"),
    *("loyal", "not_preferred", "turn", "load", "share"),
)
ABSENCES = ("filter_broken", "paused", "archived", "holiday", "away")
# why a lead was given: by the rule of the method, or because of the customer or a look-alike
GIVEN = (*METHODS, "customer", "lookalike")
# why a lead stayed: no team took it, the team has no members, or what kept the nearest member
LEFT = ("no_team", "no_team_room", "no_members", *PAST[:9])


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead that waits for somebody.

    :param float rank: the higher, the sooner it is dealt out (ties: the older id)
    :param float load: what it adds to the load of whoever gets it
    :param loyal: member id that it should go to before all others, or None
    :param loyal_why: `customer` or `lookalike`
    :param frozenset without: member ids that it must not go to (they had it)
    """

    id: int
    rank: float = 0.0
    load: float = 1.0
    loyal: int | None = None
    loyal_why: str = "customer"
    without: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be given leads.

    :param int maximum: leads in 30 days
    :param int given: leads that he was given in the last 30 days
    :param int share: how many more fit into today's share (see `room.day_share`)
    :param int turn: place of his last turn in the team's count of turns; 0: he never had one
    :param float load: how much he has to do now, in the team's own measure
    :param str absence: one of ABSENCES, or empty
    :param deputy: member id of who takes his leads while he is away, or None
    """

    id: int
    maximum: int
    given: int = 0
    share: int = 0
    turn: int = 0
    load: float = 0.0
    absence: str = ""
    deputy: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team that takes leads which have none.

    :param int sequence: the lower, the sooner, where several are equally free
    :param int capacity: leads in 30 days, of all members
    :param int room: how many of them are still free, those that wait in the team already taken off
    """

    id: int
    sequence: int
    capacity: int
    room: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member as he stood when a lead was given.

    :param str why: `chosen`, `deputy` (his turn, given to his deputy), or one of PAST
    """

    member: int
    load: float
    room: int
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one lead.

    :param member: who has it now, or None
    :param str why: one of GIVEN, or of LEFT where nobody has it
    :param bool preferred: the chosen one's preferred filter fits
    :param tuple candidates: a Candidate for each member of the team, by id
    """

    lead: int
    member: int | None
    why: str
    preferred: bool = False
    candidates: tuple = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """How a team shares out.

    :param str method: one of METHODS
    :param bool burst: all that the 30 days have room for may be given at once; else today's share
    """

    method: str = "round_robin"
    burst: bool = True

    def __post_init__(self):
        if self.method not in METHODS:
            raise ValueError(f"{self.method!r} is no method of sharing out leads")


@dataclass(frozen=True, slots=True)
class Shared:
    """The outcome for one team.

    :param tuple decisions: a Decision for each lead, in the order in which they were dealt out
    :param dict turns: member id -> his new place, of those who had a turn
    """

    decisions: tuple
    turns: dict = field(default_factory=dict)
