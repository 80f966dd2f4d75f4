"""A board's figures as formulas that ask the database with the reader's own rights."""

from dataclasses import replace

from .figures import odoo_chart
from .filters import ACTIONS, matching
from .styles import FORMATS


def text(value):
    return '"{}"'.format(str(value).replace('"', '""'))


def words(value):
    """A term that is translated."""
    return f"=_t({text(value)})"


class Live:
    """Pivots and lists that the formulas of one board use, numbered as they come."""

    is_sample = False
    formats = FORMATS

    def __init__(self, board):
        self.board = board
        self._pivots, self._lists = {}, {}

    def _use(self, pivot, measure):
        number, measures = self._pivots.setdefault(pivot, (len(self._pivots) + 1, {}))
        measures[measure.key] = measure
        return number

    def _call(self, name, *arguments):
        return f"=PIVOT.{name}({','.join(map(str, arguments))})"

    def value(self, value, before=False):
        """The figure, or that of the period before."""
        pivot = replace(value.pivot, shift=-1) if before else value.pivot
        at = [text(part) for pair in value.at for part in pair]
        return self._call("VALUE", self._use(pivot, value.measure), text(value.measure.key), *at)

    def name(self, table, line):
        row = table.pivot.rows[0]
        for column in table.columns:
            number = self._use(table.pivot, column.measure)
        return self._call("HEADER", number, text(f"#{row}"), line + 1)

    def cell(self, table, column, line):
        row = table.pivot.rows[0]
        at = [text(part) for pair in column.at for part in pair]
        number = self._use(table.pivot, column.measure)
        return self._call("VALUE", number, text(column.measure.key), text(f"#{row}"), line + 1, *at)

    def field(self, listing, field, line):
        number = self._lists.setdefault(listing, len(self._lists) + 1)
        return f"=ODOO.LIST({number},{line + 1},{text(field.name)})"

    def chart(self, chart, data):
        return odoo_chart(self.board, chart)

    def sources(self):
        """What Odoo has to read."""
        pivots = {str(number): self._pivot(pivot, number, found) for pivot, (number, found) in self._pivots.items()}
        lists = {str(number): self._list(listing, number) for listing, number in self._lists.items()}
        return {"pivots": pivots, "pivotNextId": len(pivots) + 1, "lists": lists, "listNextId": len(lists) + 1}

    def _pivot(self, pivot, number, measures):
        at = [{"field": name, "value": value, "type": "selection"} for name, value in pivot.order_at]
        order = {"measure": pivot.order.key, "order": "desc", "domain": at} if pivot.order else None
        written = {
            "type": "ODOO",
            "id": str(number),
            "formulaId": str(number),
            "name": f"{self.board.name} {number}",
            "model": pivot.model,
            "actionXmlId": ACTIONS[pivot.model],
            "domain": list(pivot.domain),
            "context": {},
            "rows": [self._dimension(name) for name in pivot.rows],
            "columns": [self._dimension(name) for name in pivot.columns],
            "measures": [self._measure(measure) for measure in measures.values()],
            "fieldMatching": matching(self.board, pivot.model, pivot.dates, pivot.shift),
        }
        return {**written, "sortedColumn": order} if order else written

    def _dimension(self, name):
        name, _colon, granularity = name.partition(":")
        return {"fieldName": name, "granularity": granularity} if granularity else {"fieldName": name}

    def _measure(self, measure):
        written = {"id": measure.key, "fieldName": measure.name}
        return {**written, "aggregator": measure.aggregator} if measure.aggregator else written

    def _list(self, listing, number):
        return {
            "id": str(number),
            "name": listing.title,
            "model": listing.model,
            "actionXmlId": ACTIONS[listing.model],
            "columns": [field.name for field in listing.fields],
            "domain": list(listing.domain),
            "context": {},
            "orderBy": [{"name": name, "asc": ascending} for name, ascending in listing.order],
            "fieldMatching": matching(self.board, listing.model, listing.dates),
        }
