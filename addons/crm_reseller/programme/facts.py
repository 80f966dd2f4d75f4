"""What the engine is told and what it answers. Frozen, without Odoo; money in one currency, days as `date`."""

from dataclasses import dataclass
from datetime import date

ALL, ANY = NEEDS = ("all", "any")
UP, DOWN, GRACE, STAY = KINDS = ("up", "down", "grace", "stay")


@dataclass(frozen=True, slots=True)
class Level:
    """A level that is given by rules.

    :param float weight: the higher, the better the level; equal ones go by what they ask for
    :param float amount: least won money; 0: any
    :param int count: least number of won deals; 0: any
    :param str needs: "all" where both are asked for, "any" where one of them is enough
    """

    id: int
    weight: float
    amount: float = 0.0
    count: int = 0
    needs: str = ALL

    @property
    def rank(self):
        return self.weight, self.amount, self.count, self.id


@dataclass(frozen=True, slots=True)
class Standing:
    """A partner: the level that he has, and what he has won in the time that counts.

    :param below: day on which he was first found below what his level asks for; None: he was not
    """

    partner: int
    level: int
    amount: float = 0.0
    count: int = 0
    below: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a partner.

    :param kind: "up", "down", "grace" (below his level, which he keeps until `until`), "stay"
    :param level: the level that he is to have
    :param below: as in `Standing`, from now on
    """

    partner: int
    kind: str
    level: int
    below: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is left to a level: `amount` and `count` still to be won, `needs` whether both; `share` from 0 to 1."""

    level: int
    amount: float
    count: int
    needs: str
    share: float
