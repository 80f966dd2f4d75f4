"""What the builder of dashboards writes."""

import json
import re
from itertools import combinations

import pytest
from crm_reports.dashboards.boards import BOARDS
from crm_reports.dashboards.book import written
from crm_reports.dashboards.files import files, folder
from crm_reports.dashboards.filters import CHAINS, PERIOD
from crm_reports.dashboards.live import Live
from crm_reports.dashboards.parts import LEADS, REVENUE, Column, Pivot, Table, Value
from crm_reports.dashboards.sheet import COLUMN, HALF, letters, place, zone

EACH = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
BOTH = pytest.mark.parametrize("sample", [False, True], ids=["live", "sample"])


def corners(area):
    def place_of(cell):
        column, row = re.match(r"([A-Z]+)(\d+)", cell).groups()
        number = 0
        for letter in column:
            number = 26 * number + ord(letter) - ord("A") + 1
        return number, int(row)

    first, _colon, last = area.partition(":")
    return place_of(first), place_of(last or first)


def test_files_are_what_the_builder_writes():
    """Nobody edits the files by hand: `python addons/crm_reports/dashboards` writes them, all and no others."""
    made = files()
    there = {path for place in {folder(board) for board in BOARDS} for path in place.iterdir()}
    assert there == set(made)
    for path, content in made.items():
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: python addons/crm_reports/dashboards"


def test_places():
    """Columns and rows as a spreadsheet names them."""
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert (place(1, 2), zone(0, 0), zone(0, 0, 3, 2)) == ("B3", "A1", "A1:C2")


@EACH
@BOTH
def test_nothing_overlaps(board, sample):
    """No two merged areas and no two figures lie over each other, and no figure over a cell that is written in."""
    front = json.loads(written(board, sample))["sheets"][0]
    areas = [corners(area) for area in front["merges"]]
    for ((left, top), (right, bottom)), ((other_left, other_top), (other_right, other_bottom)) in combinations(
        areas, 2
    ):
        apart = right < other_left or other_right < left or bottom < other_top or other_bottom < top
        assert apart
    boxes = [(figure["row"], figure["offset"]["x"], figure["width"]) for figure in front["figures"]]
    for (row, x, width), (other_row, other_x, other_width) in combinations(boxes, 2):
        assert row != other_row or x + width <= other_x or other_x + other_width <= x
    middle = HALF * COLUMN
    cells = {(column > HALF, row - 1) for (column, row), _end in map(corners, front["cells"])}
    for row, x, width in boxes:
        assert (False, row) not in cells or x > middle
        assert (True, row) not in cells or x + width <= middle


@EACH
@BOTH
def test_formulas_ask_what_is_there(board, sample):
    """Formulas name pivots, measures and lists of the file; all of these are used; a sample asks nobody."""
    book = json.loads(written(board, sample))
    cells = [cell for sheet in book["sheets"] for cell in sheet["cells"].values()]
    asked = {match.groups() for cell in cells if (match := re.match(r'=PIVOT\.VALUE\((\d+),"([^"]+)"', cell))}
    known = {(number, measure["id"]) for number, pivot in book["pivots"].items() for measure in pivot["measures"]}
    assert asked == known
    lists = {match[1] for cell in cells if (match := re.match(r"=ODOO\.LIST\((\d+)", cell))}
    assert lists == set(book["lists"])
    assert bool(asked) is not sample


@EACH
def test_filters(board):
    """Every pivot, list and chart goes by all filters but the period, and by the period where it has dates."""
    book = json.loads(written(board))
    ids = {found["id"] for found in book["globalFilters"]}
    assert ids == {PERIOD, "team", "person", "source"}
    charts = [figure["data"] for figure in book["sheets"][0]["figures"] if "fieldMatching" in figure["data"]]
    for source in [*book["pivots"].values(), *book["lists"].values(), *charts]:
        model = source.get("model") or source["metaData"]["resModel"]
        chains = {name: found["chain"] for name, found in source["fieldMatching"].items() if name != PERIOD}
        assert chains == CHAINS[model]
    dated = [pivot for pivot in book["pivots"].values() if PERIOD in pivot["fieldMatching"]]
    assert {pivot["fieldMatching"][PERIOD]["offset"] for pivot in dated} <= {0, -1}


@EACH
@BOTH
def test_ids(board, sample):
    """Figures have ids of their own, and the menus belong to them."""
    book = json.loads(written(board, sample))
    ids = [figure["id"] for figure in book["sheets"][0]["figures"]]
    assert len(ids) == len(set(ids))
    assert set(book["chartOdooMenusReferences"]) <= set(ids)


@EACH
def test_sample_has_figures(board):
    """The sample fills the same scorecards, charts and tables."""
    live, sample = (json.loads(written(board, made_up)) for made_up in (False, True))
    shown = [[(figure["id"], figure["row"]) for figure in book["sheets"][0]["figures"]] for book in (live, sample)]
    assert shown[0] == shown[1]
    cells = sample["sheets"][0]["cells"].values()
    assert sum(cell.replace(".", "").isdigit() for cell in cells) > 10


def test_equal_pivots_are_one():
    """Columns of one pivot share it, with each measure once."""
    live = Live(BOARDS[0])
    pivot = Pivot((), ("user_id",))
    table = Table("T", "L", pivot, (Column("A", LEADS), Column("B", REVENUE), Column("C", LEADS)))
    formulas = [live.cell(table, column, 0) for column in table.columns]
    assert formulas[0] == formulas[2] == '=PIVOT.VALUE(1,"__count","#user_id",1)'
    assert live.value(Value(Pivot(()), LEADS)) == '=PIVOT.VALUE(2,"__count")'
    assert [measure["id"] for measure in live.sources()["pivots"]["1"]["measures"]] == [
        "__count",
        "expected_revenue:sum",
    ]
