"""A board written out: scorecards on top, then its rows of blocks; a second sheet holds the figures of scorecards."""

import json

from .blocks import write_block
from .figures import scorecard, slug
from .filters import global_filters
from .live import Live, words
from .parts import COUNT, MONEY
from .sample import Sample
from .sheet import COLUMN, GAP, HALF, WIDTH, Sheet, place
from .styles import BORDERS_WRITTEN, FORMATS_WRITTEN, READER_FORMATS, STYLES_WRITTEN

VERSION = "18.5.10"  # of the format, the one that Odoo 19's own dashboards are written in
SPACE, SCORE_HEIGHT = 12, 101
LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}


def written(board, sample=False):
    """The board as the text of a file.

    :param bool sample: with made-up figures, for a database that has none
    """
    teller = Sample(board) if sample else Live(board)
    front, data = Sheet(), Sheet()
    _write_scores(board, teller, front, data)
    for row in board.rows:
        _write_row(board, teller, front, data, row)
    book = {
        "version": VERSION,
        "sheets": [
            front.written("Dashboard", [COLUMN] * HALF + [GAP] + [COLUMN] * HALF),
            data.written("Data", [200, 120, 120, 120, 120, 120, 120]),
        ],
        "styles": STYLES_WRITTEN,
        "formats": FORMATS_WRITTEN,
        "borders": BORDERS_WRITTEN,
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {"locale": LOCALE},
        **teller.sources(),
        "customTableStyles": {},
        "readerFormats": READER_FORMATS,
        "globalFilters": [] if sample else global_filters(board),
        "chartOdooMenusReferences": {slug(board.name, score.title): score.menu for score in board.scores},
    }
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def _write_scores(board, teller, front, data):
    width = (WIDTH - SPACE * (len(board.scores) - 1)) // len(board.scores)
    front.size(0, SCORE_HEIGHT + 24)
    for column, title in enumerate(("Figure", "Current", "Beside", "Shown", "Shown beside")):
        data.put(column, 0, words(title))
    for number, score in enumerate(board.scores):
        row = number + 1
        kind = score.value.measure.kind
        since = score.compare and bool(score.value.pivot.dates) and not score.beside
        data.put(0, row, words(score.title))
        data.put(1, row, teller.value(score.value), form=teller.formats[kind])
        data.put(3, row, _shown(place(1, row), kind), form=_shown_form(teller, kind))
        baseline = ""
        if since or score.beside:
            beside = score.beside or score.value
            kind = beside.measure.kind
            data.put(2, row, teller.value(beside, before=since), form=teller.formats[kind])
            shown = _shown(place(2, row), kind)
            data.put(4, row, shown, form=_shown_form(teller, kind))
            baseline = f"Data!{place(4, row)}"
        figure = scorecard(board, score, f"Data!{place(3, row)}", baseline, since)
        front.figure(0, number * (width + SPACE), 12, width, SCORE_HEIGHT, figure)
    front.row, data.row = 1, len(board.scores) + 1


def _shown(cell, kind):
    """The figure in a scorecard: money shortened, 0 where nothing was found, a dash where nothing can be said."""
    if kind == MONEY:
        return f'=FORMAT.LARGE.NUMBER(IF({cell}="",0,{cell}))'
    nothing = "0" if kind == COUNT else '"–"'
    return f'=IF({cell}="",{nothing},{cell})'


def _shown_form(teller, kind):
    """What is shortened brings its format along."""
    return "" if kind == MONEY else teller.formats[kind]


def _write_row(board, teller, front, data, row):
    """Blocks side by side: they begin in the same row, the next one begins below the longer one."""
    top, ends = front.row, []
    for column, block in zip((0, HALF + 1), row, strict=False):
        front.row = top
        write_block(board, teller, front, data, block, column)
        ends.append(front.row)
    front.row = max(ends) + 1
