"""The table of a mailed view: columns of a pivot, totals, what changed, limits, what the chart shows."""

import json
from dataclasses import replace

import pytest
from crm_reports.view_mail.table import Column, Row, Table, changes, crossed, passes, remembered, series
from hypothesis import given
from hypothesis import strategies as st

COUNT, MONEY = Column("__count", "Count", "integer"), Column("amount:sum", "Amount", "money", 1)


def pivot():
    return crossed(
        ["Salesperson"],
        [COUNT, MONEY],
        [("olga", ("Olga",)), ("otto", ("Otto",))],
        [("won", "Won"), ("lost", "Lost")],
        {("olga", "won"): (2, 20.0), ("otto", "lost"): (1, 5.0)},
        {"olga": (2, 20.0), "otto": (1, 5.0)},
        {"won": (2, 20.0), "lost": (1, 5.0)},
        (3, 25.0),
        "Total",
    )


def test_crossed():
    """A pivot: each group has a column for each measure, at the end the totals; what is not there is empty."""
    table = pivot()
    assert [column.label for column in table.columns] == [
        "Won · Count", "Won · Amount", "Lost · Count", "Lost · Amount", "Total · Count", "Total · Amount",
    ]  # fmt: skip
    assert table.rows[0].values == (2, 20.0, None, None, 2, 20.0)
    assert table.rows[1].values == (None, None, 1, 5.0, 1, 5.0)
    assert table.total == (2, 20.0, 1, 5.0, 3, 25.0)


def test_changes():
    """A row that is new, one that is gone, one with another number; what is remembered survives JSON."""
    before = json.loads(json.dumps(remembered(pivot())))
    table = pivot()
    later = replace(
        table,
        rows=(
            replace(table.rows[0], values=(3, 30.0, None, None, 3, 30.0)),
            Row("sara", ("Sara",), (1, 1.0, None, None, 1, 1.0)),
        ),
        total=(4, 31.0, 0, 0.0, 4, 31.0),
    )
    found = changes(later, before)
    assert found.by_cell == {("olga", 0): 1, ("olga", 1): 10.0, ("olga", 4): 1, ("olga", 5): 10.0}
    assert (found.new, found.gone) == (frozenset({"sara"}), 1)
    assert found.total == {0: 2, 1: 11.0, 2: -1, 3: -5.0, 4: 1, 5: 6.0}


def test_changes_other_columns():
    """The first time nothing changed; a measure that was not there then is not compared."""
    assert changes(pivot(), None).by_cell == {}
    before = remembered(pivot())
    before["columns"] = ["__count"]
    assert set(changes(pivot(), before).total) <= {4}


def test_changes_cut():
    """Where not all rows are known, none is called new or gone."""
    before = remembered(pivot())
    assert changes(replace(pivot(), rows=pivot().rows[:1], count=9), before).gone == 0
    assert changes(pivot(), {**before, "rows": {}, "count": 9}).new == frozenset()


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20))
def test_same_is_no_change(numbers):
    """Nothing changed: no difference anywhere."""
    rows = tuple(Row(str(place), (str(place),), (number,)) for place, number in enumerate(numbers))
    table = Table(("Row",), (COUNT,), rows, (sum(numbers),), len(rows))
    found = changes(table, json.loads(json.dumps(remembered(table))))
    assert (found.by_cell, found.total, found.new, found.gone) == ({}, {}, frozenset(), 0)


@pytest.mark.parametrize(
    ("value", "operator", "limit", "expected"),
    [(5, ">", 5, False), (5, ">=", 5, True), (4, "<", 5, True), (5, "<=", 4, False), (None, "<", 1, True)],
)
def test_passes(value, operator, limit, expected):
    """A limit is passed or not; nothing counts as zero."""
    assert passes(value, operator, limit) is expected


def test_series():
    """The chart shows the first measure of each group of columns, without the totals."""
    labels, shown = series(pivot(), 30)
    assert labels == ["Olga", "Otto"]
    assert shown == [("Won", [2.0, 0.0]), ("Lost", [0.0, 1.0])]
    assert series(Table(("Name",), (Column("name", "Name", "text"),)), 30) == ([], [])
