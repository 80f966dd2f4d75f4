"""What leads were at each of their moments: told backwards from what they are, by later changes."""

from dataclasses import dataclass

import numpy as np

from .gather_events import first_from
from .table import Tags


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of the leads of a chunk, those of one moment in the order in which they happened.

    :param lead: int64[c], position of the lead
    :param what: int64[c], what changed: position in a list of fields, or the code of a tag
    :param moment: float64[c], seconds since 1970
    :param before: float64[c], what it was before, NaN where it was empty; of a tag 1 or 0
    """

    lead: np.ndarray
    what: np.ndarray
    moment: np.ndarray
    before: np.ndarray

    def of(self, what):
        chosen = self.what == what
        return Changes(self.lead[chosen], self.what[chosen], self.moment[chosen], self.before[chosen])


def values_as_of(values, moments, changes, read=None):
    """A column of leads, told for rows.

    :param values: [m], what the leads are now
    :param Changes changes: of this field
    :param read: float64 -> values of the column's own kind, default as it is
    :return: [n]
    """
    found = first_from(changes.lead, changes.moment, moments.lead, moments.bound)
    told = values[moments.lead]
    rows = np.flatnonzero(found >= 0)
    before = changes.before[found[rows]]
    told[rows] = read(before) if read else before
    return told


def tags_as_of(tags, moments, changes):
    """Tags of leads, told for rows, in the order of their codes.

    :param Tags tags: what the leads have now
    :param Changes changes: tags that came or went
    :return: Tags
    """
    owner = np.concatenate((tags.rows(), changes.lead))
    codes, rank = np.unique(np.concatenate((tags.codes, changes.what)), return_inverse=True)
    if not len(codes):
        return Tags(codes, np.zeros(len(moments), np.int64))
    pairs, pair_of = np.unique(owner * len(codes) + rank, return_inverse=True)
    pair_lead, pair_code = pairs // len(codes), codes[pairs % len(codes)]
    has_now = np.zeros(len(pairs), bool)
    has_now[pair_of[: len(tags.codes)]] = True
    row, pair = _pairs_of_rows(moments.lead, pair_lead)
    found = first_from(pair_of[len(tags.codes) :], changes.moment, pair, moments.bound[row])
    had = has_now[pair]
    had[found >= 0] = changes.before[found[found >= 0]] > 0
    return Tags(pair_code[pair[had]], np.cumsum(np.bincount(row[had], minlength=len(moments))))


def _pairs_of_rows(lead, pair_lead):
    """Every row with every pair of its lead: positions of both.

    :param lead: int64[n], of the rows; pair_lead: int64[p], ascending
    """
    start = np.searchsorted(pair_lead, lead)
    number = np.searchsorted(pair_lead, lead, side="right") - start
    row = np.repeat(np.arange(len(lead)), number)
    within = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    return row, start[row] + within
