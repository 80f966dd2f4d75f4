"""What is known of leads, in columns: the only thing that the learning side ever sees of them.

A row is one lead at one moment of its life. Categories are 64-bit numbers (an id, or the hash of
a text): nothing in here knows names, and a million distinct values cost no more than two.
"""

from dataclasses import dataclass, field

import numpy as np

MISSING = np.iinfo(np.int64).min
NUMBER, CATEGORY, TAGS = "number", "category", "tags"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that may be known of a lead.

    :param str name: unique, e.g. `country_id`, `count.message_in`, `property.budget`
    :param str kind: NUMBER, CATEGORY or TAGS
    :param bool as_it_stands: nobody kept what it was earlier, so closed leads show what it is today
    :param bool is_flag: a NUMBER that is only ever 0 or 1
    """

    name: str
    kind: str
    as_it_stands: bool = False
    is_flag: bool = False


@dataclass(frozen=True, slots=True)
class Tags:
    """Any number of categories a row.

    :param codes: int64, all rows one after the other
    :param ends: int64[n], where each row's codes end
    """

    codes: np.ndarray
    ends: np.ndarray

    def __len__(self):
        return len(self.ends)

    def rows(self):
        """int64[len(codes)]: the row that each code belongs to"""
        return np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0))

    def take(self, rows):
        """The same for some rows, in their order. :param rows: int64[m]"""
        starts = np.concatenate(([0], self.ends[:-1]))
        lengths = (self.ends - starts)[rows]
        ends = np.cumsum(lengths)
        offsets = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        return Tags(self.codes[np.repeat(starts[rows], lengths) + offsets], ends)


@dataclass(frozen=True, slots=True)
class Table:
    """
    :param features: tuple of Feature
    :param columns: name -> float64[n] (NUMBER, NaN where unknown), int64[n] (CATEGORY, MISSING
        where unknown) or Tags
    :param lead: int64[n], ids
    """

    features: tuple
    columns: dict
    lead: np.ndarray

    def __len__(self):
        return len(self.lead)

    def take(self, rows):
        """The same for some rows, in their order. :param rows: int64[m] or bool[n]"""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        columns = {
            name: column.take(rows) if isinstance(column, Tags) else column[rows]
            for name, column in self.columns.items()
        }
        return Table(self.features, columns, self.lead[rows])

    def without(self, names):
        """The same without the features of these names."""
        features = tuple(feature for feature in self.features if feature.name not in names)
        return Table(features, {feature.name: self.columns[feature.name] for feature in features}, self.lead)


@dataclass(frozen=True, slots=True)
class History:
    """Closed leads as they stood while they were open: one or more rows each.

    :param Table table: in the order of `arrived`
    :param won: bool[n], how the lead ended
    :param arrived: float64[n], seconds since 1970 UTC, when the lead came
    :param closed_after: float64[n], days from there until it was closed
    :param team: int64[n], the lead's team then, MISSING where none
    :param open_for: float64[m], days for which the leads that are open now have been open: who is
        not closed yet says how many of the slow ones are still to come
    """

    table: Table
    won: np.ndarray
    arrived: np.ndarray
    closed_after: np.ndarray
    team: np.ndarray
    open_for: np.ndarray = field(default_factory=lambda: np.empty(0))

    def __len__(self):
        return len(self.won)

    def take(self, rows):
        """The same for some rows. :param rows: int64[m] or bool[n]"""
        return History(
            self.table.take(rows), self.won[rows], self.arrived[rows], self.closed_after[rows], self.team[rows],
            self.open_for,
        )  # fmt: skip

    def without(self, names):
        """The same without the features of these names."""
        return History(
            self.table.without(names), self.won, self.arrived, self.closed_after, self.team, self.open_for
        )  # fmt: skip
