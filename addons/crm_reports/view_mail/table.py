"""The table of a view: rows and columns of a grouped result, their totals, and what changed since last time."""

from dataclasses import dataclass, field

NUMBERS = ("integer", "number", "money")
REMEMBERED_ROWS = 2000
OPERATORS = {
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
}


@dataclass(frozen=True)
class Column:
    """One column of values.

    :param str key: the same each time, whatever the language
    :param str kind: "integer", "number", "money", "text", "date" or "datetime"
    :param currency: id of the currency of money, None for the company's
    """

    key: str
    label: str
    kind: str = "number"
    currency: int | None = None
    group: str = ""

    @property
    def is_number(self):
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Row:
    """:param tuple labels: one for each head; :param tuple values: one for each column, None where there is none"""

    key: str
    labels: tuple
    values: tuple


@dataclass(frozen=True)
class Table:
    """:param int count: rows in all, more than `rows` where not all were read
    :param int records: records that were read or counted in groups
    """

    heads: tuple = ()
    columns: tuple = ()
    rows: tuple = ()
    total: tuple | None = None
    count: int = 0
    records: int = 0


@dataclass(frozen=True)
class Changes:
    """:param dict by_cell: (key of the row, place of the column) -> difference
    :param dict total: place of the column -> difference
    """

    by_cell: dict = field(default_factory=dict)
    total: dict = field(default_factory=dict)
    new: frozenset = frozenset()
    gone: int = 0


def crossed(heads, measures, rows, groups, cells, row_totals, group_totals, total, words):
    """A table with a column for each measure of each group of columns, and their totals at the end.

    :param measures: list of `Column`
    :param rows: list of (key, labels)
    :param groups: list of (key, label), empty where there are no column groups
    :param dict cells: (row key, group key) -> tuple of values
    :param dict row_totals: row key -> tuple of values
    :param dict group_totals: group key -> tuple of values
    :param tuple total: the values of all
    :param str words: title of the totals' columns
    """
    columns = [
        Column(
            f"{key}/{measure.key}",
            f"{label} · {measure.label}" if len(measures) > 1 else label,
            measure.kind,
            measure.currency,
            label,
        )
        for key, label in groups
        for measure in measures
    ]
    nothing = (None,) * len(measures)
    columns += [
        Column(measure.key, f"{words} · {measure.label}", measure.kind, measure.currency, words) if groups else measure
        for measure in measures
    ]

    def line(values_of, own):
        return tuple(value for key, _label in groups for value in values_of(key)) + tuple(own)

    table_rows = tuple(
        Row(key, labels, line(lambda group, key=key: cells.get((key, group), nothing), row_totals.get(key, nothing)))
        for key, labels in rows
    )
    return Table(
        tuple(heads),
        tuple(columns),
        table_rows,
        line(lambda group: group_totals.get(group, nothing), total),
        len(table_rows),
    )


def remembered(table):
    """What the next time is compared with: numbers only, by keys that no language changes."""
    numbers = [(place, column.key) for place, column in enumerate(table.columns) if column.is_number]

    def kept(values):
        return {key: values[place] for place, key in numbers if values[place] is not None}

    return {
        "columns": [key for _place, key in numbers],
        "rows": {row.key: kept(row.values) for row in table.rows[:REMEMBERED_ROWS]},
        "total": kept(table.total) if table.total else {},
        "count": table.count,
    }


def changes(table, before):
    """:param dict before: what `remembered` gave last time, or nothing"""
    if not before:
        return Changes()
    known = set(before["columns"])
    numbers = [(place, c.key) for place, c in enumerate(table.columns) if c.is_number and c.key in known]

    def differences(values, old):
        found = {place: (values[place] or 0) - (old.get(key) or 0) for place, key in numbers}
        return {place: number for place, number in found.items() if abs(number) > 1e-9}

    rows = before["rows"]
    is_whole = before["count"] <= len(rows)
    by_cell = {
        (row.key, place): number
        for row in table.rows
        if row.key in rows
        for place, number in differences(row.values, rows[row.key]).items()
    }
    here = {row.key for row in table.rows}
    return Changes(
        by_cell,
        differences(table.total, before["total"]) if table.total else {},
        frozenset(here - set(rows)) if is_whole else frozenset(),
        len(set(rows) - here) if is_whole and table.count <= len(table.rows) else 0,
    )


def passes(value, operator, limit):
    """Whether a number passes a limit; one that is not there counts as nothing."""
    return OPERATORS[operator](value or 0, limit)


def series(table, most):
    """What a chart of a table shows: its first measure, of all groups of columns where there are some.

    :param int most: rows at most
    :return: (labels, [(name, values)])
    """
    places = [place for place, column in enumerate(table.columns) if column.is_number]
    if not places or not table.rows:
        return [], []
    rows = table.rows[:most]
    grouped = [place for place in places if table.columns[place].group]
    if grouped:
        per_group = {}
        for place in grouped:
            per_group.setdefault(table.columns[place].group, place)
        last = table.columns[grouped[-1]].group
        chosen = [(name, place) for name, place in per_group.items() if name != last]
    else:
        chosen = [(table.columns[places[0]].label, places[0])]
    labels = [" / ".join(row.labels) for row in rows]
    return labels, [(name, [float(row.values[place] or 0) for row in rows]) for name, place in chosen]
