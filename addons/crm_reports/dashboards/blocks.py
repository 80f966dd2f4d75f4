"""Tables, listings and charts put into the grid."""

import json

from .live import words
from .parts import TEXT, Chart, Listing, Table
from .sheet import COLUMN, COLUMNS, HALF, WIDTH, place, zone
from .styles import ALARM_FIGURE, ALARM_NAME, BARS, BETWEEN, FIGURE, HEAD, HEAD_RIGHT, NAME, TITLE, UNDER_TITLE

TITLE_HEIGHT, LINE_HEIGHT, HEAD_HEIGHT = 40, 28, 32
CHART_LINES, CHART_LINE = 14, 23
VIEWS = ("list", "kanban", "graph", "pivot", "form", "search")
REPORT_VIEWS = ("graph", "pivot", "list", "search")


def write_block(board, teller, front, data, block, column):
    span = COLUMNS if block.wide else HALF
    _write_title(front, block, column, span)
    if isinstance(block, Chart):
        front.size(front.row, CHART_LINE, CHART_LINES)
        width = WIDTH if block.wide else HALF * COLUMN
        x = 0 if not column else WIDTH - HALF * COLUMN
        front.figure(front.row, x, 8, width, CHART_LINES * CHART_LINE - 12, teller.chart(block, data))
        front.row += CHART_LINES
    elif isinstance(block, Table):
        _write_table(teller, front, block, column, span)
    else:
        _write_listing(teller, front, block, column, span)


def _write_title(front, block, column, span):
    """A title that opens the records below it."""
    front.put(column, front.row, f"[{block.title}](odoo://view/{_link(block)})", TITLE, span)
    front.borders[zone(column, front.row, span)] = UNDER_TITLE
    front.size(front.row, TITLE_HEIGHT)
    front.row += 1


def _link(block):
    if isinstance(block, Listing):
        model, domain, view, context = block.model, block.domain, "list", {}
    else:
        pivot = block.pivot
        model, domain, context = pivot.model, pivot.domain, {"group_by": list(pivot.rows)}
        if isinstance(block, Chart):
            view = "graph"
            context |= {"graph_mode": block.kind, "graph_measure": block.measure.name}
            context["graph_groupbys"] = list(pivot.rows)
        else:
            view = "pivot"
            context["pivot_measures"] = list(dict.fromkeys(column.measure.name for column in block.columns))
            context |= {"pivot_row_groupby": list(pivot.rows), "pivot_column_groupby": list(pivot.columns)}
    views = REPORT_VIEWS if model.endswith(".report") else VIEWS
    action = {"domain": domain, "context": context, "modelName": model, "views": [[False, name] for name in views]}
    return json.dumps({"viewType": view, "action": action, "threshold": 0, "name": block.title}, separators=(",", ":"))


def _write_table(teller, front, table, column, span):
    places = _figure_places(column, span, len(table.columns))
    names = places[0][0] - column
    top = front.row
    front.put(column, top, words(table.label), HEAD, names)
    for shown, (at, width) in zip(table.columns, places, strict=True):
        front.put(at, top, words(shown.title), HEAD_RIGHT, width)
    for line in range(table.lines):
        row = top + 1 + line
        front.put(column, row, teller.name(table, line), NAME, names)
        for shown, (at, width) in zip(table.columns, places, strict=True):
            form = teller.formats[shown.measure.kind]
            front.put(at, row, teller.cell(table, shown, line), FIGURE, width, form)
    figures = places[table.bar][0]
    color = BARS[(top + (column > 0)) % len(BARS)]
    front.bar(
        zone(column, top + 1, 1, table.lines), f"{place(figures, top + 1)}:{place(figures, top + table.lines)}", color
    )
    _finish_lines(front, column, span, table.lines)


def _figure_places(column, span, number):
    """Column and width of each column of figures, from the right; the narrow one between the halves adds to one."""
    places, end = [], column + span
    for _figure in range(number):
        width = 3 if end - 2 <= HALF < end and span > HALF else 2
        end -= width
        places.append((end, width))
    return places[::-1]


def _write_listing(teller, front, listing, column, span):
    top = front.row
    names = span - sum(field.span for field in listing.fields[1:])
    texts, figures = (ALARM_NAME, ALARM_FIGURE) if listing.alarm else (NAME, FIGURE)
    for line in range(-1, listing.lines):
        at = column
        for number, field in enumerate(listing.fields):
            width = field.span if number else names
            right = field.kind != TEXT
            if line < 0:
                front.put(at, top, words(field.title), HEAD_RIGHT if right else HEAD, width)
            else:
                style = figures if right else texts
                form = teller.formats[field.kind]
                front.put(at, top + 1 + line, teller.field(listing, field, line), style, width, form)
            at += width
    _finish_lines(front, column, span, listing.lines)


def _finish_lines(front, column, span, lines):
    top = front.row
    front.size(top, HEAD_HEIGHT)
    front.size(top + 1, LINE_HEIGHT, lines)
    front.borders[zone(column, top + 1, span, lines)] = BETWEEN
    front.band(zone(column, top, span, lines + 1))
    front.row = top + 1 + lines
