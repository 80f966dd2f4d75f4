"""What a sales history consists of, whatever files it came from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RowError:
    """One thing wrong in a file. `row` counts lines as an editor does: the header is row 1, 0 means the whole file."""

    file: str
    row: int
    column: str
    text: str

    def __str__(self):
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.text}"


@dataclass(frozen=True)
class User:
    key: str
    name: str
    login: str
    leads_a_team: bool = False


@dataclass(frozen=True)
class Property:
    """A number or word that leads of one team carry beside Odoo's own fields."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class Team:
    key: str
    name: str
    leader: str = ""
    members: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A column of the pipeline that belongs to the history's own teams."""

    name: str
    sequence: int


@dataclass(frozen=True)
class Account:
    key: str
    name: str
    row: int
    industry: str = ""
    country: str = ""
    employees: int | None = None


@dataclass(frozen=True)
class Lead:
    """`outcome` is won, lost or open; an empty `stage` is the first one of the pipeline (Won for a won lead)."""

    key: str
    name: str
    row: int
    outcome: str
    created: datetime
    closed: datetime | None = None
    stage: str = ""
    user: str = ""
    team: str = ""
    account: str = ""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    country: str = ""
    city: str = ""
    revenue: float = 0.0
    tags: tuple[str, ...] = ()
    properties: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class History:
    name: str
    leads: tuple[Lead, ...]
    errors: tuple[RowError, ...] = ()
    users: tuple[User, ...] = ()
    teams: tuple[Team, ...] = ()
    stages: tuple[Stage, ...] = ()
    accounts: tuple[Account, ...] = ()
    lead_country: tuple[str, str] = ("", "")
    account_country: tuple[str, str] = ("", "")

    def count(self, outcome):
        return sum(lead.outcome == outcome for lead in self.leads)
