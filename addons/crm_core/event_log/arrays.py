"""Events in columns, for engines: they know no Odoo and can take them as numpy arrays without a copy."""

from array import array
from dataclasses import dataclass, field
from sys import byteorder


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

    @classmethod
    def unpacked(cls, kinds, *columns):
        """
        :param tuple kinds: names of the kinds asked for
        :param columns: lead, kind, moment and event as the database packs them: bytes-like, eight
            bytes a value, the highest byte first
        """
        events = cls(kinds)
        for values, packed in zip((events.lead, events.kind, events.moment, events.event), columns, strict=True):
            values.frombytes(packed)
            if byteorder == "little":
                values.byteswap()
        return events
