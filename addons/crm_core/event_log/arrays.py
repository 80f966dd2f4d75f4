"""Events in columns, for engines: they know no Odoo and can take them as numpy arrays without a copy."""

from array import array
from dataclasses import dataclass, field


@dataclass(slots=True)
class Events:
    """Events of some leads, in the order (lead, moment, id); every column has the same length.

    :param tuple kinds: names of the kinds asked for
    :param array lead: ids of the leads (int64)
    :param array kind: position in `kinds` (int64)
    :param array moment: seconds since 1970, UTC (float64)
    :param array event: ids of the events (int64)
    """

    kinds: tuple
    lead: array = field(default_factory=lambda: array("q"))
    kind: array = field(default_factory=lambda: array("q"))
    moment: array = field(default_factory=lambda: array("d"))
    event: array = field(default_factory=lambda: array("q"))

    def __len__(self):
        return len(self.lead)

    def extend(self, rows):
        """:param rows: non-empty list of (lead, kind, moment, event)"""
        lead, kind, moment, event = zip(*rows, strict=True)
        self.lead.extend(lead)
        self.kind.extend(kind)
        self.moment.extend(moment)
        self.event.extend(event)
