"""How values become bins: learned once from past leads, then the same for every lead.

Bin 0 of a feature is "nothing known". A number has quantile bins from 1 on; a category has 1 for
"any other value" and a bin for each frequent value; tags have a bin for each frequent tag, and a
row without any is in bin 0.
"""

from dataclasses import dataclass

import numpy as np

from .table import CATEGORY, MISSING, NUMBER, TAGS, Feature, Tags

NUMBER_BINS = 10
VALUES = 200
LEAST = 5  # leads that a value needs for a bin of its own


@dataclass(frozen=True, slots=True)
class Binned:
    """
    :param Feature feature:
    :param marks: float64, inner edges of a number's bins; int64, sorted, values of a category or tag
    """

    feature: Feature
    marks: np.ndarray

    @property
    def size(self):
        """How many bins there are."""
        return len(self.marks) + (1 if self.feature.kind == TAGS else 2)

    def bins(self, column):
        """Bin of each row, int64[n]; of tags the bin of each code, -1 for those without one.

        :param column: as in Table
        """
        kind = self.feature.kind
        if kind == NUMBER:
            found = np.searchsorted(self.marks, column, side="right") + 1
            return np.where(np.isnan(column), 0, found)
        codes = column.codes if isinstance(column, Tags) else column
        if not len(self.marks):
            return np.where(codes == MISSING, 0, 1) if kind == CATEGORY else np.full(len(codes), -1)
        place = np.minimum(np.searchsorted(self.marks, codes), len(self.marks) - 1)
        known = self.marks[place] == codes
        if kind == TAGS:
            return np.where(known, place + 1, -1)
        return np.where(codes == MISSING, 0, np.where(known, place + 2, 1))

    def pairs(self, column):
        """(rows, bins) of everything that a table holds of this feature, rows ascending."""
        bins = self.bins(column)
        if self.feature.kind != TAGS:
            return np.arange(len(bins)), bins
        rows = column.rows()
        none = np.diff(column.ends, prepend=0) == 0
        rows, bins = rows[bins >= 0], bins[bins >= 0]
        rows = np.concatenate((rows, np.flatnonzero(none)))
        bins = np.concatenate((bins, np.zeros(none.sum(), np.int64)))
        order = np.argsort(rows, kind="stable")
        return rows[order], bins[order]


def learn(table, lead_of_row):
    """Bins for every feature that tells anything at all.

    :param Table table:
    :param lead_of_row: int64[n]; a lead counts once, however many rows it has
    :return: tuple of Binned
    """
    found = (_learn(feature, table.columns[feature.name], lead_of_row) for feature in table.features)
    return tuple(binned for binned in found if binned)


def _learn(feature, column, leads):
    if feature.kind == NUMBER:
        return _number(feature, column)
    rows = column.rows() if isinstance(column, Tags) else np.arange(len(column))
    codes = column.codes if isinstance(column, Tags) else column
    seen = codes != MISSING
    pairs = np.unique(np.stack((codes[seen], leads[rows[seen]])), axis=1)
    values, counts = np.unique(pairs[0], return_counts=True)
    values, counts = values[counts >= LEAST], counts[counts >= LEAST]
    marks = np.sort(values[np.argsort(-counts, kind="stable")[:VALUES]])
    constant = not len(marks) or (len(marks) == 1 and feature.kind == CATEGORY and np.all(codes == marks[0]))
    return None if constant and not _partly_known(feature, codes) else Binned(feature, marks)


def _partly_known(feature, codes):
    """Whether it tells something that a value is known at all."""
    known = (codes != MISSING).sum()
    return feature.kind == CATEGORY and LEAST <= known <= len(codes) - LEAST


def _number(feature, column):
    known = column[np.isfinite(column)]
    if len(known) < LEAST:
        return None
    edges = np.unique(np.quantile(known, np.linspace(0, 1, NUMBER_BINS + 1)[1:-1]))
    # an edge belongs to the bin above it: the lowest value needs none
    edges = edges[edges > known.min()]
    if feature.is_flag or (len(edges) == 0 and known.max() > known.min()):
        edges = np.array([(known.min() + known.max()) / 2]) if known.max() > known.min() else edges
    if not len(edges) and len(known) == len(column):
        return None
    return Binned(feature, edges.astype(float))
