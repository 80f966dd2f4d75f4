"""From what the database packs to columns, and from many tables to one."""

import numpy as np

from .table import CATEGORY, MISSING, NUMBER, TAGS, Table, Tags

DAY = 86_400.0
HOUR = 3_600.0


def whole(packed):
    """int64[n]. :param packed: bytes-like or None, eight bytes a value, the highest byte first"""
    return np.frombuffer(packed or b"", ">i8").astype(np.int64)


def real(packed):
    """float64[n], what is not finite is unknown. :param packed: as for `whole`"""
    values = np.frombuffer(packed or b"", ">f8").astype(np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def tags(packed, lengths):
    """Tags. :param packed: codes as for `whole`; lengths: how many bytes each row has, packed too"""
    return Tags(whole(packed), np.cumsum(whole(lengths) // 8))


def tags_of_pairs(leads, lead, code):
    """Tags of leads, in the order of their codes.

    :param leads: int64[m], ids, ascending
    :param lead, code: pairs in any order, of these leads only, packed as for `whole`
    """
    row, code = np.searchsorted(leads, whole(lead)), whole(code)
    order = np.lexsort((code, row))
    return Tags(code[order], np.cumsum(np.bincount(row, minlength=len(leads))))


def unknown(kind, size):
    """A column of which nothing is known."""
    if kind == TAGS:
        return Tags(np.empty(0, np.int64), np.zeros(size, np.int64))
    return np.full(size, np.nan) if kind == NUMBER else np.full(size, MISSING)


def hour(moments):
    """int64[n]: hour of the day in UTC, MISSING where the moment is unknown. :param moments: float64[n]"""
    return _categories(moments % DAY // HOUR)


def weekday(moments):
    """int64[n]: day of the week in UTC, 0 is Monday. :param moments: float64[n], seconds since 1970"""
    return _categories((moments // DAY + 3) % 7)


def _categories(values):
    known = np.isfinite(values)
    return np.where(known, np.where(known, values, 0).astype(np.int64), MISSING)


def categories(values):
    """int64[n] from ids that came as numbers, NaN where there is none."""
    return _categories(values)


def epoch_of_digits(digits):
    """float64[n]: seconds since 1970 of days written as numbers, 20260331; NaN where that is no date.

    A day that its month does not have counts on into the next.
    """
    known = np.isfinite(digits)
    number = np.where(known, digits, 0).astype(np.int64)
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    known &= (year > 0) & (month > 0) & (month < 13) & (day > 0) & (day < 32)
    months = np.where(known, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.where(known, days * DAY, np.nan)


def joined(tables, features):
    """One Table of many. The parts are emptied on the way, so that memory holds each column once.

    :param list tables: of the same features; their `columns` are taken out
    """
    columns = {}
    for feature in features:
        parts = [table.columns.pop(feature.name) for table in tables]
        columns[feature.name] = _joined_column(feature.kind, parts)
    lead = np.concatenate([table.lead for table in tables]) if tables else np.empty(0, np.int64)
    return Table(features, columns, lead)


def _joined_column(kind, parts):
    if not parts:
        return unknown(kind, 0)
    if kind != TAGS:
        return np.concatenate(parts)
    starts = np.cumsum([0, *(len(part.codes) for part in parts)])
    ends = [part.ends + start for part, start in zip(parts, starts, strict=False)]
    return Tags(np.concatenate([part.codes for part in parts]), np.concatenate(ends))


READERS = {NUMBER: real, CATEGORY: whole, TAGS: tags}
