"""Count in working time: what lies between two moments, and when so much of it will have passed. Pure Python."""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from itertools import accumulate

MINUTE = timedelta(minutes=1)


class WorkingTime:
    """The working intervals that are known; before the first and after the last one nobody works.

    Sums are kept as whole microseconds, so no answer is rounded on the way. A question costs
    O(log n), making the object O(n log n) for n intervals.
    """

    def __init__(self, intervals):
        """Merge intervals that touch or overlap, in any order; drop empty ones.

        :param intervals: iterable of (start, end), naive UTC datetimes
        """
        self._starts, self._ends = [], []
        for start, end in sorted(intervals):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        self._sums = list(accumulate(lengths, initial=timedelta()))

    @classmethod
    def always(cls):
        """Around the clock, every day."""
        return cls([(datetime.min, datetime.max)])

    @property
    def end(self):
        """The end of the last known interval, naive UTC; `datetime.min` where there is none."""
        return self._ends[-1] if self._ends else datetime.min

    def add(self, moment, minutes):
        """The first moment at which so much working time has passed.

        :param moment: naive UTC; outside working time counting starts with the next interval
        :param minutes: working minutes, 0 or more; 0 gives `moment` itself
        :return: naive UTC, or None where the known intervals do not reach that far
        :raise ValueError: minutes are negative
        """
        if minutes < 0:
            raise ValueError(f"working time is counted forward only, not by {minutes} minutes")
        passed = self._passed(moment)
        wanted = passed + timedelta(minutes=minutes)
        if wanted == passed:
            return moment
        place = bisect_left(self._sums, wanted)
        if place == len(self._sums):
            return None
        return self._ends[place - 1] - (self._sums[place] - wanted)

    def between(self, start, end):
        """Minutes of working time from `start` to `end` (naive UTC), 0.0 where the end is not later."""
        return max(self._passed(end) - self._passed(start), timedelta()) / MINUTE

    def _passed(self, moment):
        """The working time before a moment."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return timedelta()
        return self._sums[place] + min(moment, self._ends[place]) - self._starts[place]
