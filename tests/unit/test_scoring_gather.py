"""What had happened to leads, and what they were: columns against the same told one by one."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from crm_lead_scoring.ml.gather_as_of import Changes, tags_as_of, values_as_of
from crm_lead_scoring.ml.gather_columns import (
    DAY,
    epoch_of_digits,
    hour,
    joined,
    real,
    tags,
    tags_of_pairs,
    weekday,
    whole,
)
from crm_lead_scoring.ml.gather_events import Roles, Told, counts, first_from, open_steps, times
from crm_lead_scoring.ml.gather_moments import CLOSING, closings, moments_now, moments_of_age
from crm_lead_scoring.ml.table import MISSING, NUMBER, TAGS, Feature, Table, Tags

LEADS, KINDS = 6, ("in", "out", "planned", "done", "moved", "note")
ROLES = Roles(contact=(0, 1), reached_us=(0,), answer=(1,), planned=(2,), ended=(3,), moved=(4,))
SEEDS = range(40)


def packed(values, form):
    return np.asarray(values, form).tobytes()


def world(seed, changes=60):
    """Random leads, some of which the log does not cover, with their moments, and what happened."""
    rng = np.random.default_rng(seed)
    arrived = rng.integers(0, 5, LEADS) * DAY + rng.choice([0, 0.5], LEADS)
    closing = arrived + rng.choice([0, 30, 1800, 2 * DAY, 8 * DAY, 90 * DAY], LEADS)
    covered = rng.random(LEADS) < 0.8
    moments = moments_of_age(arrived, closing, covered, (0, 1, 3, 7))
    lead = rng.integers(0, LEADS, changes)
    moment = np.floor(arrived[lead]) + rng.integers(-1, 20, changes) * DAY / 2
    return rng, arrived, closing, covered, moments, lead, moment


def told_of(rng, lead, moment):
    size = len(lead)
    return Told(
        lead,
        rng.integers(0, len(KINDS), size),
        moment,
        np.arange(size),
        lead * 10 + rng.integers(1, 4, size),
        np.where(rng.random(size) < 0.1, lead * 10 + rng.integers(1, 4, size), 0),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_and_times(seed):
    """Of each row, what a loop over the lead's earlier events finds."""
    rng, arrived, _closing, _covered, moments, lead, moment = world(seed)
    told = told_of(rng, lead, moment)
    found_counts, found_times = counts(moments, told, KINDS), times(moments, arrived, told, ROLES)
    for row in range(len(moments)):
        owner, bound, clock = moments.lead[row], moments.bound[row], moments.clock[row]
        if np.isnan(clock):
            assert np.isnan(found_counts[row]).all()
            assert all(np.isnan(column[row]) for column in found_times.values())
            continue
        before = [event for event in range(len(lead)) if lead[event] == owner and moment[event] < bound]
        for kind in range(len(KINDS)):
            assert found_counts[row, kind] == sum(told.kind[event] == kind for event in before)
        contact = [moment[event] for event in before if told.kind[event] in (0, 1)]
        answers = [moment[e] for e in before if told.kind[e] == 1 and moment[e] >= np.floor(arrived[owner])]
        ours = [
            m for e, m in enumerate(moment) if lead[e] == owner and told.kind[e] == 1 and m >= np.floor(arrived[owner])
        ]
        back = [moment[e] for e in before if told.kind[e] == 0 and moment[e] > min(ours, default=np.inf)]
        moved = [moment[event] for event in before if told.kind[event] == 4]
        expected = {
            "hours.since_contact": max(0, clock - max(contact)) / 3600 if contact else np.nan,
            "hours.first_answer": max(0, min(answers) - arrived[owner]) / 3600 if answers else np.nan,
            "hours.their_answer": (min(back) - min(ours)) / 3600 if back else np.nan,
            "days.in_stage": max(0, clock - max([*moved, arrived[owner]])) / DAY,
            "days.age": max(0, clock - arrived[owner]) / DAY,
        }
        for name, value in expected.items():
            assert found_times[name][row] == pytest.approx(value, nan_ok=True), name


@pytest.mark.parametrize("seed", SEEDS)
def test_open_steps(seed):
    """A planned step is open until the first end of it at or after that moment."""
    rng, _arrived, _closing, _covered, moments, lead, moment = world(seed)
    told = told_of(rng, lead, moment)
    found = open_steps(moments, told, ROLES)
    ends = [(told.step[e], moment[e]) for e in range(len(lead)) if told.kind[e] == 3]
    ends += [(told.replaced[e], moment[e]) for e in range(len(lead)) if told.replaced[e]]
    for row in range(len(moments)):
        if np.isnan(moments.clock[row]):
            assert np.isnan(found[row])
            continue
        bound, number = moments.bound[row], 0
        for event in range(len(lead)):
            if lead[event] == moments.lead[row] and told.kind[event] == 2 and moment[event] < bound:
                over = min((end for step, end in ends if step == told.step[event] and end >= moment[event]),
                           default=np.inf)  # fmt: skip
                number += over >= bound
        assert found[row] == number


@pytest.mark.parametrize("seed", SEEDS)
def test_as_of(seed):
    """Undoing changes one by one, the latest first, finds the same values and tags."""
    rng, _arrived, _closing, _covered, moments, lead, moment = world(seed)
    order = np.lexsort((moment, lead))
    lead, moment = lead[order], moment[order]
    changes = Changes(lead, rng.integers(1, 4, len(lead)), moment, rng.integers(0, 2, len(lead)).astype(float))
    now = rng.random(LEADS)
    codes = [np.flatnonzero(rng.random(5) < 0.4) for _lead in range(LEADS)]
    tagged = Tags(np.concatenate(codes), np.cumsum([len(part) for part in codes]))
    values, labels = values_as_of(now, moments, changes), tags_as_of(tagged, moments, changes)
    found = np.split(labels.codes, labels.ends[:-1])
    for row in range(len(moments)):
        owner = moments.lead[row]
        value, names = now[owner], set(codes[owner].tolist())
        for change in reversed(range(len(lead))):
            if lead[change] == owner and moment[change] >= moments.bound[row]:
                value = changes.before[change]
                (names.add if value else names.discard)(int(changes.what[change]))
        assert values[row] == value
        assert found[row].tolist() == sorted(names)


@pytest.mark.parametrize("seed", SEEDS)
def test_moments(seed):
    """One row at least; more only at ages at which the lead was open, the last minute not counted."""
    _rng, arrived, closing, covered, moments, _lead, _moment = world(seed)
    for lead in range(LEADS):
        bounds = moments.bound[moments.lead == lead]
        if not covered[lead]:
            assert bounds.tolist() == [np.inf]
            continue
        end = max(closing[lead] - CLOSING, np.floor(arrived[lead]))
        ages = [arrived[lead] + age * DAY for age in (1, 3, 7)]
        assert bounds.tolist() == [min(arrived[lead] + 3600, end), *(bound for bound in ages if bound < end)]


def test_closings():
    """The first closing after the last reopening; of one moment the order counts."""
    stories = ("", "C", "CC", "CRC", "CR", "CRCC", "R", "CCRRCC")
    lead = np.repeat(np.arange(len(stories)), [len(story) for story in stories])
    place = np.concatenate([np.arange(len(story)) for story in stories])
    closes = np.array(list("".join(stories))) == "C"
    shuffled = np.random.default_rng(0).permutation(len(lead))
    for moment in (place.astype(float), np.zeros(len(lead))):
        found = closings(
            len(stories), lead[shuffled], moment[shuffled], place[shuffled], closes[shuffled], ~closes[shuffled]
        )
        expected = [np.nan, 0, 0, 2, np.nan, 2, np.nan, 4]
        if not moment.any():
            expected = [number if np.isnan(number) else 0 for number in expected]
        np.testing.assert_array_equal(found, expected)


def test_first_from():
    """The first event of the group at or after the moment; of one moment the one that came first."""
    group, moment = np.array([1, 1, 1, 3]), np.array([5.0, 5.0, 9.0, 1.0])
    found = first_from(group, moment, np.array([1, 1, 1, 2, 3, 3]), np.array([5, 6, np.inf, 0, -np.inf, 2]))
    assert found.tolist() == [0, 2, -1, -1, 3, -1]
    assert first_from(group[:0], moment[:0], group, moment).tolist() == [-1] * 4


def test_calendar():
    """Days as digits, hours and weekdays are those of the calendar, whatever the year."""
    days = [date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(9999, 12, 31), date(1, 1, 1)]
    digits = [float(f"{day.year:04}{day.month:02}{day.day:02}") for day in days]
    found = epoch_of_digits(np.array([*digits, np.nan, 20261301, 20260100, 20260132, 0, 20260231]))
    expected = [(day - date(1970, 1, 1)).days * DAY for day in days]
    assert found[:5].tolist() == expected
    assert np.isnan(found[5:10]).all()
    assert found[10] == (date(2026, 3, 3) - date(1970, 1, 1)).days * DAY
    start = datetime(1970, 1, 1)
    for hours in (-30, 0, 23, 24, 1000, 500_000):
        moment = np.array([hours * 3600.0])
        assert hour(moment)[0] == (start + timedelta(hours=hours)).hour
        assert weekday(moment)[0] == (start + timedelta(hours=hours)).weekday()
    assert hour(np.array([np.nan]))[0] == MISSING


def test_packed():
    """What the database packs comes back; what is not finite is unknown, nothing is an empty column."""
    assert whole(packed([1, -2, MISSING], ">i8")).tolist() == [1, -2, MISSING]
    assert np.isnan(real(packed([np.inf, -np.inf, np.nan], ">f8"))).all()
    assert len(whole(None)) == len(real(None)) == len(tags(None, None)) == 0
    found = tags(packed([7, 8, 9], ">i8"), packed([16, 0, 8], ">i8"))
    assert (found.codes.tolist(), found.ends.tolist()) == ([7, 8, 9], [2, 2, 3])
    pairs = tags_of_pairs(np.array([4, 5, 6]), packed([6, 4, 4], ">i8"), packed([1, 9, 2], ">i8"))
    assert (pairs.codes.tolist(), pairs.ends.tolist()) == ([2, 9, 1], [2, 2, 3])
    assert tags_of_pairs(np.array([4]), None, None).ends.tolist() == [0]


def test_joined():
    """Tables one after the other; of none an empty one."""
    features = (Feature("a", NUMBER), Feature("t", TAGS))
    tables = [
        Table(
            features,
            {"a": np.array([value]), "t": Tags(np.array([value, value]).astype(int), np.array([2]))},
            np.array([int(value)]),
        )
        for value in (1.0, 2.0)
    ]
    whole_table = joined(tables, features)
    assert whole_table.columns["a"].tolist() == [1, 2]
    assert (whole_table.columns["t"].codes.tolist(), whole_table.columns["t"].ends.tolist()) == ([1, 1, 2, 2], [2, 4])
    assert len(joined([], features).columns["t"]) == 0


def test_now():
    """Everything counts; nothing is known of leads that the log does not cover."""
    moments = moments_now(np.array([True, False]), 100.0)
    assert moments.bound.tolist() == [np.inf, np.inf]
    assert np.isnan(moments.clock).tolist() == [False, True]
