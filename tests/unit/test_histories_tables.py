"""CSV tables: a bad row costs itself only, and is named."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.histories import tables
from tools.histories.model import RowError

COLUMNS = ("id", "day", "note")
GOOD = "id,day,note\na,2017-03-01,one\nb,2017-03-02,two\n"


@pytest.fixture
def read(tmp_path):
    def read(content, **kwargs):
        path = tmp_path / "deals.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tables.read(path, COLUMNS, **{"essential": ("id",), "key": "id", **kwargs})

    return read


def keys(table):
    return [row.text("id") for row in table.rows]


def test_a_good_file_gives_its_rows_and_no_error(read):
    """Row numbers are those of an editor: the header is row 1."""
    table = read(GOOD)
    assert [(row.number, row.text("id"), row.text("note")) for row in table.rows] == [(2, "a", "one"), (3, "b", "two")]
    assert table.errors == ()


def test_byte_order_mark_blank_lines_and_windows_ends_are_no_errors(read):
    """What spreadsheets add to a file is not the user's mistake."""
    table = read(b"\xef\xbb\xbfid,day,note\r\na,2017-03-01,one\r\n\r\nb,2017-03-02,two\r\n")
    assert keys(table) == ["a", "b"]
    assert table.rows[1].number == 4
    assert table.errors == ()


def test_broken_encoding_costs_its_row_only(read):
    """A Latin-1 letter in a UTF-8 file is reported with row and column; the other rows are loaded."""
    table = read(b"id,day,note\na,2017-03-01,Caf\xe9\nb,2017-03-02,two\nc,2017-03-03,nul\x00\n")
    assert keys(table) == ["b"]
    assert [(error.row, error.column) for error in table.errors] == [(2, "note"), (4, "note")]
    assert "UTF-8" in table.errors[0].text
    assert table.spoilt == {"a", "c"}


def test_short_and_long_rows_are_left_out(read):
    """A row with too few or too many cells may have slipped by a column: none of it can be trusted."""
    table = read("id,day,note\na,2017-03-01\nb,2017-03-02,two\nc,2017-03-03,three,four\n")
    assert keys(table) == ["b"]
    assert [error.row for error in table.errors] == [2, 4]
    assert table.errors[0].text.startswith("2 cells where the header has 3")


def test_a_repeated_or_missing_key_is_left_out(read):
    """The first row with a key is kept; the second is named together with the first."""
    table = read("id,day,note\na,,one\na,,again\n,,nameless\n")
    assert keys(table) == ["a"]
    assert "row 2 already" in table.errors[0].text
    assert table.errors[1].text.startswith("empty")


def test_an_unknown_column_is_named_and_the_rest_read(read):
    """A column that nobody knows is reported once, not per row."""
    table = read("id,day,note,colour\na,,one,red\nb,,two,blue\n")
    assert keys(table) == ["a", "b"]
    assert table.errors == (RowError("deals.csv", 1, "'colour'", "unknown column; it is not read"),)


def test_a_missing_column_is_named_once(read):
    """An optional column that is missing leaves its cells empty; without an essential one there are no rows."""
    table = read("id,day\na,2017-03-01\n")
    assert keys(table) == ["a"]
    assert table.rows[0].text("note") == ""
    assert [error.column for error in table.errors] == ["note"]
    without = read("day,note\n2017-03-01,one\n", key=None)
    assert without.rows == ()
    assert [error.column for error in without.errors] == ["id"]


def test_a_quote_that_never_closes_does_not_swallow_the_file(read):
    """Reading goes on behind the row with the lost quote."""
    rows = "".join(f"k{number},2017-03-01,x\n" for number in range(100))
    table = read('id,day,note\na,2017-03-01,"lost\n' + rows)
    assert keys(table) == [f"k{number}" for number in range(100)]
    assert [(error.row, "quote" in error.text) for error in table.errors] == [(2, True)]


def test_a_cell_may_hold_line_breaks(read):
    """A quoted note over two lines is one row, and the row after it has the right number."""
    table = read('id,day,note\na,,"one\ntwo"\nb,,x\n')
    assert [(row.number, row.text("note")) for row in table.rows] == [(2, "one\ntwo"), (4, "x")]


def test_an_empty_or_missing_file_is_a_sentence(read, tmp_path):
    """No traceback, no rows."""
    assert str(read("").errors[0]) == "deals.csv: the file is empty"
    missing = tables.read(tmp_path / "none.csv", COLUMNS)
    assert (missing.rows, str(missing.errors[0])) == ((), "none.csv: there is no such file")


@pytest.mark.parametrize("text", ["2017-13-01", "2017-02-29", "01/03/2017", "soon", "0017-03-01", "2017-03-01T10:00"])
def test_wrong_dates_are_refused_with_their_place(text):
    """Neither impossible days nor other ways of writing a date are guessed at."""
    row = tables.Row("deals.csv", 7, {"day": text})
    with pytest.raises(tables.BadCell) as caught:
        row.moment("day")
    assert str(caught.value).startswith(f"deals.csv, row 7, column day: {text!r} is no date")


@pytest.mark.parametrize("text", ["abc", "1,5", "nan", "inf"])
def test_wrong_numbers_leave_the_cell_empty(text):
    """`optional` notes the error and lets the row live."""
    errors = []
    assert tables.optional(tables.Row("deals.csv", 3, {"price": text}).decimal, "price", errors) is None
    assert [(error.row, error.column) for error in errors] == [(3, "price")]


@given(st.datetimes(min_value=tables.datetime(1970, 1, 1), max_value=tables.datetime(2100, 12, 31)))
def test_dates_that_python_writes_are_read_back(moment):
    """Any day and any second between 1970 and 2100 comes back as it was written; a bare day at noon."""
    moment = moment.replace(microsecond=0)
    row = tables.Row("f", 2, {"moment": str(moment), "day": str(moment.date())})
    assert row.moment("moment") == moment
    assert row.moment("day") == moment.replace(hour=12, minute=0, second=0)


@given(st.binary(max_size=2000))
def test_no_content_is_too_broken(tmp_path_factory, content):
    """Whatever bytes a file holds, reading ends with rows and errors, and no row has undecodable text."""
    path = tmp_path_factory.mktemp("any") / "deals.csv"
    path.write_bytes(b"id,day,note\n" + content)
    table = tables.read(path, COLUMNS, essential=("id",), key="id")
    for row in table.rows:
        assert all(cell.encode() is not None and "\0" not in cell for cell in row.cells.values())


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=15))
def test_every_row_is_either_read_or_reported(tmp_path_factory, notes):
    """Written by Python's csv module, all rows come back in order, each with its own text."""
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *((f"k{n}", day, note) for n, (day, note) in enumerate(notes))])
    path = tmp_path_factory.mktemp("rows") / "deals.csv"
    path.write_bytes(text.getvalue().encode())
    table = tables.read(path, COLUMNS, essential=("id",), key="id")
    assert table.errors == ()
    assert [(row.text("day"), row.text("note")) for row in table.rows] == [
        (day.strip(), note.strip()) for day, note in notes
    ]
