"""What of a board a person may see."""

from dataclasses import dataclass

NOBODY = frozenset()


@dataclass(frozen=True)
class Person:
    """Somebody on a board: the teams that he is a member of, his companies, and whether he asked not to be
    shown by name (and the company lets him). `team` is the one that he counts for, 0 for none."""

    id: int
    teams: frozenset = NOBODY
    companies: frozenset = NOBODY
    is_unnamed: bool = False
    name: str = ""
    team: int = 0


@dataclass(frozen=True)
class Reader:
    """Who looks. `has_all`: he may read all leads of his companies; `has_teams`: those of his teams."""

    id: int
    is_manager: bool = False
    has_all: bool = False
    has_teams: bool = False
    member_of: frozenset = NOBODY
    leads: frozenset = NOBODY
    companies: frozenset = NOBODY

    def shows(self, person):
        """Whether the person is listed: who has a company in common with the reader."""
        return person.id == self.id or bool(person.companies & self.companies)

    def names(self, person):
        """Whether by name: leaders and managers always see it, and everybody his own."""
        return not person.is_unnamed or person.id == self.id or self.looks_after(person)

    def looks_after(self, person):
        """Whether he is a manager, or leads a team of the person."""
        return self.is_manager or bool(person.teams & self.leads)

    def reads_deals_of(self, person):
        """Whether he may read all that the person's figure is made of, so that amounts tell him nothing new."""
        if person.id == self.id:
            return True
        if not person.companies <= self.companies:
            return False
        return self.has_all or (self.has_teams and bool(person.teams) and person.teams <= self.member_of | self.leads)
