"""What has shifted beyond chance (crm_reports/figures/shifts.py)."""

import random

from crm_reports.figures.shifts import beyond, conversion, intake, stage


def test_a_source_that_dries_up():
    """Twelve leads a week, then two: told with both numbers."""
    (shift,) = beyond([intake("Fair", [*([12, 11, 13] * 10), 2, 1, 3, 2])])
    assert (shift.kind, shift.part, shift.before, shift.now) == ("intake", "Fair", 12, 2)


def test_too_few_to_tell():
    assert intake("Rare", [0, 1] * 15) is None
    assert intake("New", [9] * 12) is None
    assert conversion("Few", (40, 60), (0, 14)) is None
    assert stage("Few", [1.0] * 14, [9.0] * 100) is None


def test_conversion_that_falls():
    (shift,) = beyond([conversion("North", (100, 100), (5, 45)), conversion("South", (100, 100), (25, 25))])
    assert (shift.part, shift.before, shift.now) == ("North", 50, 10)


def test_stage_that_takes_longer():
    days = [float(day) for day in range(1, 31)]
    (shift,) = beyond([stage("Proposition", days * 3, [day * 3 for day in days]), stage("New", days * 3, days)])
    assert (shift.part, shift.before, shift.now) == ("Proposition", 15.5, 46.5)


def test_the_same_each_week_is_no_shift():
    assert beyond([intake("Steady", [5] * 30), None]) == []


def test_chance_alone_is_hardly_ever_reported():
    """A hundred weeks of ten sources, ten conversions and six stages that never change, the intake bursty.

    At most one week in ten may say something; with each look for itself it would be most of them."""
    chance, weeks_with_reports, single_looks = random.Random(11), 0, 0
    for _ in range(100):
        looks = [intake(n, [chance.choice([0, 2, 4, 5, 6, 20]) for _ in range(30)]) for n in range(10)]
        looks += [
            conversion(n, *[(won := sum(chance.random() < 0.4 for _ in range(size)), size - won) for size in (200, 40)])
            for n in range(10)
        ]
        looks += [stage(n, *[[chance.expovariate(0.1) for _ in range(size)] for size in (200, 40)]) for n in range(6)]
        weeks_with_reports += bool(beyond(looks))
        single_looks += any(look.p < 0.05 for look in looks)
    assert weeks_with_reports <= 10
    assert single_looks >= 50
