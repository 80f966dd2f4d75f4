"""A board before it is known who looks at it."""

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Line:
    """What is told of a line of a challenge. `unit` stands behind its figures, `unit_of_one` behind a 1; `opens`:
    there are leads behind them."""

    name: str
    unit: str
    unit_of_one: str
    is_amount: bool
    opens: bool

    def unit_for(self, value):
        return self.unit_of_one if value == 1 else self.unit


@dataclass
class Sheet:
    """A board in one language, for readers of the same companies.

    :param heading: what stands above the rows, as plain data
    :param lines: {id: Line}
    :param standings: [Standing] from the first to the last
    :param members: {key of a standing: [Person]}
    :param with_amounts: whether everybody sees amounts
    :param rows: what has been put into words so far: {what a row depends on: row}
    """

    heading: dict
    lines: dict
    standings: list
    members: dict
    with_amounts: bool
    rows: dict = field(default_factory=dict)

    @cached_property
    def numbers(self):
        """{id of a person: where in `standings` he is}."""
        return {
            person.id: number for number, standing in enumerate(self.standings) for person in self.members[standing.key]
        }

    def reads_all(self, reader):
        """Whether a reader may read the deals of everybody on it."""
        return all(reader.reads_deals_of(person) for theirs in self.members.values() for person in theirs)
