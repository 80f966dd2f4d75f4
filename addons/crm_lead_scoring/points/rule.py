"""A scoring rule as it is told to the engine."""

from dataclasses import dataclass

from .tally import Worth


@dataclass(frozen=True, slots=True)
class Rule:
    """
    :param int id: the rule's number
    :param str kind: technical name of its kind
    :param Worth worth: what a hit is worth
    :param frozenset teams: numbers of the teams it is for; empty: all
    :param company: number of the company it is for, or None: all
    :param date_from: first day on which it counts, or None
    :param date_to: last day on which it counts, or None
    :param str domain: the filter as it was typed
    :param activity_type: number of the activity type, or None: any
    :param float hours: within how many hours
    """

    id: int
    kind: str
    worth: Worth
    teams: frozenset = frozenset()
    company: int | None = None
    date_from: object = None
    date_to: object = None
    domain: str = "[]"
    activity_type: int | None = None
    hours: float = 0.0

    def is_in_force(self, day):
        """Whether it counts on that day, both ends included."""
        return (not self.date_from or self.date_from <= day) and (not self.date_to or day <= self.date_to)

    def concerns(self, team, company):
        """Whether it is for leads of this team and company (numbers or None)."""
        return (not self.teams or team in self.teams) and (not self.company or company == self.company)
