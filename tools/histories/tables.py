"""CSV files read so that one bad row costs that row only, and is named.

A row is left out when it can't be read at all: broken encoding, too few or too many cells,
a quote that never closes, a key that was there before. What is wrong inside one cell is for
the reader of that history to judge: `Row` raises `BadCell` with the sentence to report.
"""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tools.histories.model import RowError

LEFT_OUT = "the row is left out"
LEFT_EMPTY = "left empty"
LONGEST_ROW = 20  # lines: a cell that runs on for longer has lost its closing quote
NOON = 12
YEARS = range(1970, 2101)


class BadCell(ValueError):
    def __init__(self, error):
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True)
class Row:
    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column):
        return self.cells.get(column, "").strip()

    def required(self, column):
        value = self.text(column)
        if not value:
            raise self.bad(column, f"empty; {LEFT_OUT}")
        return value

    def moment(self, column):
        """A day (taken at noon, so that it is the same day in nearly all time zones) or a moment, else None."""
        value = self.text(column)
        if not value:
            return None
        for pattern, hour in (("%Y-%m-%d", NOON), ("%Y-%m-%d %H:%M:%S", None)):
            try:
                moment = datetime.strptime(value, pattern)
            except ValueError:
                continue
            if moment.year not in YEARS:
                break
            return moment if hour is None else moment.replace(hour=hour)
        raise self.bad(column, f"{_short(value)} is no date (like 2017-03-01); {LEFT_OUT}")

    def decimal(self, column):
        value = self.text(column)
        try:
            number = float(value) if value else None
        except ValueError:
            number = math.nan
        if number is not None and not math.isfinite(number):
            raise self.bad(column, f"{_short(value)} is no number; {LEFT_EMPTY}")
        return number

    def bad(self, column, text):
        return BadCell(self.error(column, text))

    def error(self, column, text):
        return RowError(self.file, self.number, column, text)


@dataclass(frozen=True)
class Table:
    """`spoilt` holds the keys, where they could be read, of rows that were left out."""

    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]
    spoilt: frozenset[str] = frozenset()


def read(path, columns, essential=(), key=None):
    """The rows of a CSV file that has these columns.

    :param columns: names that are known; others are reported, and those missing as well
    :param essential: names without which no row says anything: when one is missing there are no rows
    :param key: a column whose value must be there and be unique
    """
    path = Path(path)
    if not path.is_file():
        return Table((), (RowError(path.name, 0, "", "there is no such file"),))
    records, errors = _records(path.name, _decoded(path.read_bytes()))
    if not records:
        return Table((), (*errors, RowError(path.name, 0, "", "the file is empty")))
    header = [name.strip() for name in records[0][1]]
    problems, usable = _check_header(path.name, header, columns, essential)
    errors = [*problems, *errors]
    if not usable:
        return Table((), tuple(errors))
    rows, seen, spoilt = [], {}, set()
    for number, cells in records[1:]:
        row = Row(path.name, number, dict(zip(header, cells, strict=False)))
        problem = _check_cells(row, header, cells)
        if problem and key:
            spoilt.add(row.text(key))
        problem = problem or (key and _check_key(row, key, seen))
        if problem:
            errors.append(problem)
        else:
            rows.append(row)
    return Table(tuple(rows), tuple(sorted(errors, key=lambda error: error.row)), frozenset(spoilt))


def optional(read_cell, column, errors):
    """The cell's value; None with its error noted when it can't be understood."""
    try:
        return read_cell(column)
    except BadCell as bad:
        errors.append(bad.error)
        return None


def _decoded(content):
    """Text in which each byte that is no UTF-8, and each NUL, stands as a lone surrogate."""
    return content.decode("utf-8-sig", errors="surrogateescape").replace("\0", "\udc00")


def _records(file, text):
    """[(line number, cells)] without empty lines, and errors for rows whose quotes are broken."""
    lines = list(io.StringIO(text, newline=""))
    records, errors, start = [], [], 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]))
        done = 0
        for cells in _until_error(reader):
            if cells is None or reader.line_num - done > LONGEST_ROW:
                errors.append(RowError(file, start + done + 1, "", f"a quote is opened and not closed; {LEFT_OUT}"))
                done += 1
                break
            if any(cell.strip() for cell in cells):
                records.append((start + done + 1, cells))
            done = reader.line_num
        start += done
    return records, errors


def _until_error(reader):
    """What the reader gives, and None in place of a row that it can't read."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _check_header(file, header, columns, essential):
    def problem(column, text):
        return RowError(file, 1, column, text)

    errors, usable = [], True
    for name in sorted({name for name in header if header.count(name) > 1}):
        errors.append(problem(name, "stands twice in the header; the last one is read"))
    for name in dict.fromkeys(header):
        if name not in columns:
            errors.append(problem(_short(name), "unknown column; it is not read"))
    for name in columns:
        if name not in header:
            fatal = name in essential
            usable = usable and not fatal
            consequence = "no row of this file can be read" if fatal else LEFT_EMPTY
            errors.append(problem(name, f"the column is missing; {consequence}"))
    return errors, usable


def _check_cells(row, header, cells):
    for name, cell in zip(header, cells, strict=False):
        if any("\udc00" <= letter <= "\udcff" for letter in cell):
            return row.error(name, f"broken encoding (UTF-8 is expected); {LEFT_OUT}")
    if len(cells) != len(header):
        return row.error("", f"{len(cells)} cells where the header has {len(header)}; {LEFT_OUT}")
    return None


def _check_key(row, key, seen):
    value = row.text(key)
    if not value:
        return row.error(key, f"empty; {LEFT_OUT}")
    if value in seen:
        return row.error(key, f"{_short(value)} stands in row {seen[value]} already; {LEFT_OUT}")
    seen[value] = row.number
    return None


def _short(value):
    printable = value.encode("utf-8", errors="replace").decode()
    return repr(printable if len(printable) <= 40 else f"{printable[:37]}...")
