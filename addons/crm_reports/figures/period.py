"""Months as people of a time zone live them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month; `Month.of("2026-03")`, `str(month)` is that text again."""

    year: int
    number: int

    @classmethod
    def of(cls, text):
        """:raise ValueError: where the text is no month"""
        moment = datetime.strptime(text, "%Y-%m")
        return cls(moment.year, moment.month)

    @classmethod
    def with_day(cls, day):
        return cls(day.year, day.month)

    def __str__(self):
        return f"{self.year:04}-{self.number:02}"

    def plus(self, months):
        place = self.year * 12 + self.number - 1 + months
        return Month(place // 12, place % 12 + 1)

    @property
    def first(self):
        return date(self.year, self.number, 1)

    @property
    def last(self):
        return self.plus(1).first - timedelta(days=1)

    def moments(self, zone):
        """When it begins and when the next one begins, naive UTC.

        :param str zone: name of a time zone; one that nobody knows is UTC
        """
        return begin_of(self.first, zone), begin_of(self.plus(1).first, zone)


def begin_of(day, zone):
    """The moment at which a day begins there, naive UTC. Where clocks skip midnight, the first moment after it."""
    try:
        there = ZoneInfo(zone or "UTC")
    except (KeyError, ValueError):
        there = UTC
    return datetime(day.year, day.month, day.day, tzinfo=there).astimezone(UTC).replace(tzinfo=None)
