from odoo.tests import tagged

from .test_meetings import MeetingCase


@tagged("post_install", "-at_install")
class TestMeetingSeries(MeetingCase):
    """Four Mondays in a row, 10 to 11: to change them all, Odoo archives them and makes others."""

    def _weekly(self):
        with self._at("2026-03-02 08:00:00"):
            first = self._meet(
                "02 10:00",
                "02 11:00",
                recurrency=True,
                rrule_type="weekly",
                mon=True,
                end_type="count",
                count=4,
                event_tz="UTC",
            )
            self.Event._flush()
        return first.recurrence_id

    def _move_third(self, series, which):
        third = series.calendar_event_ids.sorted("start")[2].with_user(self.olga)
        third.write(
            {"start": "2026-03-16 12:00:00", "stop": "2026-03-16 13:00:00", "recurrence_update": which},
        )

    def test_each_of_a_series(self):
        """Each meeting of a series is planned and held by itself."""
        self._weekly()
        self.assertEqual(self.kinds(), ["meeting_planned"] * 4)
        self._job("2026-03-09 12:00:00")
        self.assertEqual(self.kinds("meeting_held"), ["meeting_held"] * 2)

    def test_series_moved(self):
        """Moving a whole series tells nothing again of those that were held."""
        series = self._weekly()
        self._job("2026-03-09 12:00:00")
        self.last = self.Event.search([], order="id desc", limit=1).id
        with self._at("2026-03-10 08:00:00"):
            self._move_third(series, "all_events")
            self.Event._flush()
        self._job("2026-03-10 09:00:00")
        self.assertEqual(
            self.kinds("meeting_planned", "meeting_cancelled"),
            ["meeting_cancelled"] * 2 + ["meeting_planned"] * 2,
        )
        self.assertFalse(self.kinds("meeting_held"))
        self._job("2026-03-30 09:00:00")
        self.assertEqual(len(self.kinds("meeting_held")), 2)

    def test_series_moved_from_one_on(self):
        """Moving a meeting and those after it: each is told as moved or planned once."""
        series = self._weekly()
        self.last = self.Event.search([], order="id desc", limit=1).id
        with self._at("2026-03-02 09:00:00"):
            self._move_third(series, "future_events")
        self.assertEqual(sorted(self.kinds()), ["meeting_cancelled", "meeting_moved", "meeting_planned"])
