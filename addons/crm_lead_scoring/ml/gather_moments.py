"""At which moments of their life leads are looked at."""

from dataclasses import dataclass

import numpy as np

from .gather_columns import DAY, HOUR

CLOSING = 60.0  # what happens in the last minute before a lead is closed belongs to closing it


@dataclass(frozen=True, slots=True)
class Moments:
    """Rows of a table, in the order (lead, bound).

    :param lead: int64[n], position of the row's lead in its chunk
    :param bound: float64[n], seconds since 1970: what happened strictly before counts
    :param clock: float64[n], what time it is in that row; NaN where nothing is known of then
    """

    lead: np.ndarray
    bound: np.ndarray
    clock: np.ndarray

    def __len__(self):
        return len(self.lead)

    def carry(self, values, combine):
        """Let what was found up to a row count for the later rows of its lead too, in place.

        :param values: [n] or [n, k]; combine: ufunc of two such
        """
        is_later = np.diff(self.lead, prepend=-1) == 0
        while is_later.any():
            # the first row of each run of later ones has a complete row before it
            ready = np.flatnonzero(is_later & ~np.concatenate(([False], is_later[:-1])))
            values[ready] = combine(values[ready - 1], values[ready])
            is_later[ready] = False
        return values


def moments_now(covered, now):
    """One row a lead, everything counts. :param covered: bool[m]; now: seconds since 1970"""
    size = len(covered)
    return Moments(np.arange(size), np.full(size, np.inf), np.where(covered, now, np.nan))


def moments_of_age(arrived, closing, covered, ages):
    """A row at each age at which a lead was still open, the first one always.

    :param arrived: float64[m], seconds since 1970
    :param closing: float64[m], when it was closed
    :param covered: bool[m], whether it is known what it was earlier; others have one row, as they stand
    :param ages: days; 0 stands for the first hour
    :return: Moments
    """
    ages = np.sort(np.asarray(ages, np.float64))
    end = np.maximum(closing - CLOSING, np.floor(arrived))
    bound = arrived[:, None] + np.maximum(ages * DAY, HOUR)
    kept = (bound < end[:, None]) & covered[:, None]
    kept[:, 0] = True
    bound[:, 0] = np.minimum(bound[:, 0], end)
    bound[~covered] = np.inf
    lead, _age = np.nonzero(kept)
    bound = bound[kept]
    return Moments(lead, bound, np.where(np.isfinite(bound), bound, np.nan))


def closings(size, lead, moment, order, is_closing, is_reopening):
    """When leads were closed for the last time: the first closing after the last reopening.

    :param size: how many leads
    :param lead: int64[e], position of each event's lead
    :param moment: float64[e]; order: int64[e], says which of two events of a moment came first
    :param is_closing, is_reopening: bool[e]
    :return: float64[size], NaN where the log tells of none
    """
    ends = np.flatnonzero(is_closing | is_reopening)
    ends = ends[np.lexsort((order[ends], moment[ends], lead[ends]))]
    closed = np.full(size, np.nan)
    previous_lead = np.concatenate(([-1], lead[ends][:-1]))
    was_open = np.concatenate(([True], is_reopening[ends][:-1])) | (lead[ends] != previous_lead)
    # the last assignment to a lead is that of its last change from open to closed or back
    turns = ends[was_open | is_reopening[ends]]
    closed[lead[turns]] = np.where(is_closing[turns], moment[turns], np.nan)
    return closed
