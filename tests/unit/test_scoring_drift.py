"""How much leads have changed, and what would have been known earlier."""

import numpy as np
import pytest
from crm_lead_scoring.ml import drift, hindsight
from crm_lead_scoring.ml.scorer import flat
from scoring_world import history


@pytest.mark.parametrize(
    ("now", "level"),
    [((0.5, 0.5), "steady"), ((0.55, 0.45), "steady"), ((0.68, 0.32), "moved"), ((0.9, 0.1), "changed")],
)
def test_levels(now, level):
    """The further shares are from those learned from, the worse the word."""
    assert drift.level(drift.stability((0.5, 0.5), now)) == level


def test_stability():
    """The same shares give nothing, a known pair its textbook value, an empty bin no error."""
    assert drift.stability((0.2, 0.8), (0.2, 0.8)) == 0
    assert drift.stability((0.5, 0.5), (0.6, 0.4)) == pytest.approx(0.1 * np.log(0.6 / 0.4))
    assert drift.stability((1.0, 0.0), (0.0, 1.0)) > drift.CHANGED
    assert drift.stability((0.3, 0.7), (0.7, 0.3)) == pytest.approx(drift.stability((0.7, 0.3), (0.3, 0.7)))


def test_few_leads():
    """Few leads of the same kind look changed by chance alone: that much is not held against them."""
    random = np.random.default_rng(1)
    then = np.full(10, 0.1)
    found = [np.bincount(random.integers(10, size=60), minlength=10) / 60 for _draw in range(100)]
    values = [drift.stability(then, now) for now in found]
    assert np.mean(values) > drift.MOVED
    assert abs(np.mean(values) - drift.by_chance(10, 60)) < 0.05


def test_split_by_closing():
    """Nothing that closed later is learned from, whenever it came; who was open then counts as open."""
    past = history()
    closed = past.arrived + past.closed_after * hindsight.DAY
    moment = float(np.median(closed))
    known, later = hindsight.split(past, moment)
    assert len(known) + len(later) == len(past)
    assert not set(known.table.lead[known.arrived + known.closed_after * hindsight.DAY >= moment])
    assert (known.open_for > 0).all()
    assert len(known.open_for) == len(np.unique(later.table.lead[later.arrived < moment]))


def test_judge_counts_each_lead_once():
    """Bands hold every lead once; who only knows the base rate gains nothing over it."""
    later = history()
    found = hindsight.judge(flat(0.4), (0.1, 0.2, 0.3), later)
    assert sum(leads for leads, _won in found.bands.values()) == found.count == len(np.unique(later.table.lead))
    assert found.bands["A"] == (found.count, found.won)
    assert found.gain[0] == pytest.approx(0)
