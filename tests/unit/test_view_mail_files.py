"""Files and pictures of a mailed view."""

import csv
import sys
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from crm_reports.view_mail.chart import MOST_SERIES, ChartLibraryMissing, colours, draw, few
from crm_reports.view_mail.files import csv_bytes, harmless, xlsx_bytes
from crm_reports.view_mail.table import Column, Row, Table
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.com")']
TABLE = Table(
    ("Name",),
    (
        Column("amount", "Amount", "money"),
        Column("count", "=Count", "integer"),
        Column("day", "Day", "date"),
        Column("moment", "Moment", "datetime"),
        Column("note", "Note", "text"),
    ),
    (
        *(
            Row(str(place), (text,), (-12.5, 3, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), text))
            for place, text in enumerate(EVIL)
        ),
        Row("none", ("Árvíztűrő",), (None,) * 5),
    ),
    (-87.5, 21, None, None, None),
    len(EVIL) + 1,
)


def test_xlsx():
    """Read back: numbers are numbers, days are days, and text that looks like a formula is text."""
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes(TABLE, "A/B: [view] of a very long name indeed", "Total"))).active
    assert len(sheet.title) <= 31
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["Name", "Amount", "=Count", "Day", "Moment", "Note"]
    for text, row in zip(EVIL, rows[1:], strict=False):
        assert [row[place].data_type for place in (0, 5)] == ["s", "s"]
        # Excel's own format keeps a carriage return in another way
        assert row[5].value.strip().replace("_x000D_", "") == text.strip()
        assert (row[1].value, row[2].value) == (-12.5, 3)
        assert (row[3].value, row[4].value) == (datetime(2026, 1, 2), datetime(2026, 1, 2, 3, 4))
    assert rows[-2][0].value == "Árvíztűrő"
    assert [cell.value for cell in rows[-1]][:3] == ["Total", -87.5, 21]
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_csv():
    """Read back: no text begins as a formula would, negative numbers stay numbers."""
    text = csv_bytes(TABLE, "Total").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline="")))
    for row in rows[1 : len(EVIL) + 1]:
        assert row[0].startswith("'")
        assert row[1] == "-12.5"
        assert row[3:5] == ["2026-01-02", "2026-01-02 03:04:00"]
    assert rows[0][2] == "'=Count"
    assert rows[-1][:3] == ["Total", "-87.5", "21"]


@given(st.text())
def test_harmless(text):
    """Whatever the text: it never begins a formula, and nothing of it is lost."""
    assert harmless(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert harmless(text).endswith(text)


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
@pytest.mark.parametrize(
    "values", [[3.0, 1.0, 2.0], [0.0, 0.0, 0.0], [-1.0, 2.0, -3.0], [1e12, 1.0, 0.0], [1.0]], ids=str
)
def test_draw(kind, values):
    """Each kind of chart is drawn, whatever the numbers, and in Odoo's colours."""
    labels = [f"$x_{place}^2$ \\frac" for place, _value in enumerate(values)]
    picture = Image.open(BytesIO(draw(kind, labels, [("_Amount", values)], "A $title")))
    assert picture.format == "PNG"
    assert picture.size == (1280, 640)
    if kind != "line" and max(values) > 0:
        assert tuple(bytes.fromhex(colours(1)[0][1:])) in {
            pixel for _number, pixel in picture.convert("RGB").getcolors(1 << 20)
        }


@pytest.mark.parametrize("is_stacked", [True, False])
def test_draw_many(is_stacked):
    """Thirty points of thirty series, stacked or side by side."""
    series = [(f"series {number}", [float(number - point) for point in range(30)]) for number in range(30)]
    assert draw("bar", [f"a label of some length {n}" for n in range(30)], series, is_stacked=is_stacked)
    assert draw("line", ["a"] * 30, series[:1], is_cumulated=True)


@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=3, max_size=3), max_size=60))
def test_no_series_is_left_out(values):
    """A chart with more series than colours still adds up to all of them."""
    shown = few([(str(place), own) for place, own in enumerate(values)])
    assert len(shown) <= MOST_SERIES
    assert [sum(own[point] for _name, own in shown) for point in range(3)] == [
        sum(own[point] for own in values) for point in range(3)
    ]


def test_library_missing(monkeypatch):
    """Without matplotlib the caller is told so, and says it in the mail."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ChartLibraryMissing):
        draw("bar", ["a"], [("b", [1.0])])
