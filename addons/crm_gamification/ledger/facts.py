"""What the ledger is made from: a lead, what its log tells, and the rules of its company."""

from dataclasses import dataclass, field
from datetime import datetime

OWNER, TEAM, CLOSING = "owner_changed", "team_changed", "closing_date_moved"
WON, LOST, REOPENED = "won", "lost", "reopened"


@dataclass(frozen=True, slots=True)
class Guards:
    """What has to hold so that something counts; 0 or False switches a guard off.

    :param float least_amount: of a deal, in the currency of its company
    :param least_age: days from creation to winning
    :param duplicate: days in which a second deal that somebody makes of one customer does not count
    :param again: days in which a deal that is taken back and won again counts as first won
    :param reassigned: days before winning in which a change of salesperson does not matter
    :param call: minutes that a call has to last
    :param bool unknown_calls: whether calls of which nobody knows how long they were count
    :param bool one_call: whether calls with one lead count once a day
    :param bool planned: whether steps have to be planned on an earlier day
    :param asleep: days since a customer's last deal after which the next one is a win-back
    :param lost_for: days that a deal has to be lost before winning it is a win-back
    """

    least_amount: float = 0.0
    least_age: int = 0
    duplicate: int = 0
    again: int = 0
    reassigned: int = 0
    call: int = 0
    unknown_calls: bool = True
    one_call: bool = False
    planned: bool = False
    asleep: int = 180
    lost_for: int = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log.

    :param int id: 0 where the lead itself tells it
    :param datetime moment: naive UTC
    :param user: id of the colleague who acted, None where it was somebody else
    :param before, after: ids of what changed, ISO dates of the expected closing
    :param str contact: who reached whom by it: `in`, `out`, `both` or nobody
    :param step: what a planned step is known by, None where it is no activity
    :param deadline: ISO date of a step
    :param minutes: how long a call lasted, None where nobody knows
    :param bool merged: it came with another lead
    """

    id: int
    kind: str
    moment: datetime
    user: int | None = None
    before: int | str | None = None
    after: int | str | None = None
    contact: str = ""
    step: int | None = None
    deadline: str | None = None
    minutes: float | None = None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Kin:
    """Another deal with the same customer, mail address or phone number.

    :param closed: when it was won or lost, None while it is open
    :param bool customer: it is of the same customer
    """

    id: int
    created: datetime
    closed: datetime | None
    won: bool
    lost: bool
    customer: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead is now.

    :param author: id of who made it
    :param bool customer: its customer is known
    :param closing: ISO date of the expected closing
    :param followed: since when the log tells how that date moves, None for ever
    :param tuple events: of Event, the earliest first
    :param tuple kin: of Kin
    """

    id: int
    created: datetime
    author: int | None
    user: int | None
    team: int | None
    amount: float
    customer: bool = False
    closing: str | None = None
    followed: datetime | None = None
    events: tuple = field(default=())
    kin: tuple = field(default=())
