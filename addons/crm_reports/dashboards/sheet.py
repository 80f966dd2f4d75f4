"""The grid of a board: cells, styles and borders by place."""

from .styles import STYLES

HALF, COLUMN, GAP = 10, 53, 30  # columns of half a board, their width, and that of the column between the halves
WIDTH = 2 * HALF * COLUMN + GAP
COLUMNS = 2 * HALF + 1


def letters(column):
    """0 -> A, 26 -> AA"""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def place(column, row):
    """(0, 0) -> A1"""
    return f"{letters(column)}{row + 1}"


def zone(column, row, span=1, lines=1):
    """(0, 0, 2, 3) -> A1:B3"""
    first, last = place(column, row), place(column + span - 1, row + lines - 1)
    return first if first == last else f"{first}:{last}"


class Sheet:
    """What has been written so far, and the row that comes next."""

    def __init__(self):
        self.cells, self.styles, self.borders, self.formats = {}, {}, {}, {}
        self.merges, self.sizes, self.bars, self.figures, self.tables = [], {}, [], [], []
        self.row = 0

    def put(self, column, row, content, style="", span=1, form=""):
        """Write into a cell, or into several that become one."""
        area = zone(column, row, span)
        if content != "":
            self.cells[place(column, row)] = content
        if span > 1:
            self.merges.append(area)
        if style:
            self.styles[area] = STYLES[style]
        if form:
            self.formats[area] = form

    def size(self, row, height, lines=1):
        for line in range(row, row + lines):
            self.sizes[str(line)] = {"size": height}

    def figure(self, row, x, y, width, height, data):
        """Lay a chart over the grid, `x` and `y` from the corner of the row's first cell."""
        box = {"col": 0, "row": row, "offset": {"x": x, "y": y}, "width": width, "height": height}
        self.figures.append({"id": data["chartId"], **box, "tag": "chart", "data": data})

    def bar(self, names, figures, color):
        rule = {"type": "DataBarRule", "color": color, "rangeValues": figures}
        self.bars.append({"id": f"bar-{len(self.bars)}", "rule": rule, "ranges": [names]})

    def band(self, area):
        """Every second row of it is a little darker."""
        config = {"hasFilters": False, "totalRow": False, "firstColumn": False, "lastColumn": False}
        config |= {"numberOfHeaders": 1, "bandedRows": True, "bandedColumns": False, "automaticAutofill": True}
        self.tables.append({"range": area, "type": "static", "config": {**config, "styleId": "None"}})

    def written(self, name, widths):
        """As Odoo reads it."""
        return {
            "id": name.lower(),
            "name": name,
            "colNumber": max(len(widths), 1),
            "rowNumber": self.row + 2,
            "rows": self.sizes,
            "cols": {str(column): {"size": width} for column, width in enumerate(widths)},
            "merges": self.merges,
            "cells": self.cells,
            "styles": self.styles,
            "formats": self.formats,
            "borders": self.borders,
            "conditionalFormats": self.bars,
            "dataValidationRules": [],
            "figures": self.figures,
            "tables": self.tables,
            "areGridLinesVisible": True,
            "isVisible": True,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        }
