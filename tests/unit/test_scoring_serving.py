"""What was learned, served without scikit-learn: the same numbers, explained, kept, and read back."""

from contextlib import suppress

import numpy as np
import pytest
from crm_lead_scoring.ml import explain, schema, store, trees
from crm_lead_scoring.ml.learn import learn
from crm_lead_scoring.ml.linear import learn_bayes, learn_linear
from crm_lead_scoring.ml.scorer import flat, shift_to, wilson
from crm_lead_scoring.ml.table import MISSING, TAGS, Feature, Tags
from hypothesis import given
from hypothesis import strategies as st
from scoring_world import empty, history

DEALS = history(800)
SCHEMA = schema.learn(DEALS.table, DEALS.table.lead)
ONES = np.ones(len(DEALS))
LATER = history(200, seed=5).table


@pytest.fixture(scope="module")
def scorer():
    return learn(DEALS).scorer


@pytest.mark.parametrize(
    "learned",
    [
        learn_bayes(SCHEMA, DEALS.table, DEALS.won, ONES),
        learn_linear(SCHEMA, DEALS.table, DEALS.won, ONES, 0.3),
    ],
)
def test_parts_of_an_additive_score_add_up(learned):
    """Start and parts are the log-odds."""
    assert np.allclose(learned.start + learned.parts(SCHEMA, LATER).sum(axis=1), learned.margin(SCHEMA, LATER))


def test_trees_are_those_of_scikit_learn(monkeypatch):
    """numpy walks down the trees to the same log-odds as the library that grew them."""
    kept = {}
    packed = trees._packed
    monkeypatch.setattr(trees, "_packed", lambda model, bayes: (kept.update(model=model), packed(model, bayes))[1])
    found = trees.learn_trees(SCHEMA, DEALS.table, DEALS.won, ONES, seed=1, rounds=30)
    columns = trees.inputs(SCHEMA, LATER, found.bayes)
    assert np.allclose(found.margin(SCHEMA, LATER), kept["model"].decision_function(columns))
    roots = found.start + found.value[found.roots].sum()
    assert np.allclose(roots + found.parts(SCHEMA, LATER).sum(axis=1), found.margin(SCHEMA, LATER))


def test_linear_is_that_of_scikit_learn():
    """Weights by bin give the log-odds of the regression that they come from."""
    from crm_lead_scoring.ml.linear import design
    from sklearn.linear_model import LogisticRegression

    columns = design(SCHEMA, DEALS.table)
    model = LogisticRegression(C=0.3, max_iter=300, tol=1e-4).fit(columns, DEALS.won, sample_weight=ONES)
    found = learn_linear(SCHEMA, DEALS.table, DEALS.won, ONES, 0.3)
    assert np.allclose(found.margin(SCHEMA, LATER), model.decision_function(design(SCHEMA, LATER)), atol=1e-4)


def test_reasons_add_up_to_the_score(scorer):
    """Base rate and all points are the score, for every lead."""
    chance = scorer.chance(LATER)
    for row in range(40):
        found = explain.reasons(scorer, LATER.take(np.array([row])))
        assert 100 * scorer.base + sum(reason.points for reason in found) == pytest.approx(100 * chance[row], abs=0.06)


def test_more_messages_would_raise_it(scorer):
    """What-if asks the very scorer; what it doesn't know changes nothing."""
    one = empty()
    one.columns["count.message_in"][:] = 0
    more, unknown, both = explain.what_if(
        scorer, one, [{"count.message_in": 5}, {"no such": 1}, {"count.message_in": 5, "no such": 1}]
    )
    assert more > 5
    assert unknown == 0
    assert both == pytest.approx(more)


def test_kept_and_read_back(scorer):
    """Bytes and back: the same chances; the same scorer gives the same bytes' content."""
    again = store.unpack(store.pack(scorer))
    assert np.array_equal(again.chance(LATER), scorer.chance(LATER))
    assert again.names == scorer.names
    assert store.unpack(store.pack(flat(0.3))).chance(empty())[0] == pytest.approx(0.3)


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_bytes_from_elsewhere_are_refused(noise, place):
    """Random bytes, and a good file with a piece of them in it: refused, or read as numbers; never run."""
    with pytest.raises(store.Unreadable):
        store.unpack(noise)
    good = store.pack(flat(0.3))
    place %= len(good)
    with suppress(store.Unreadable):
        store.unpack(good[:place] + noise + good[place + len(noise) :])


def test_sureness_comes_from_similar_leads(scorer):
    """The interval holds the share that was won, and there were leads behind it."""
    count, share, low, high = scorer.similar(0.5)
    assert count > 10
    assert low <= share <= high
    assert flat(0.3).similar(0.3) is None


@given(st.integers(1, 500), st.floats(0, 1))
def test_wilson_holds_the_share(count, share):
    """An interval within 0 and 1 around the share, narrower with more leads."""
    low, high = wilson(share, count)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    assert wilson(share, count * 4)[1] - wilson(share, count * 4)[0] <= high - low + 1e-9


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=50), st.floats(0.01, 0.99))
def test_shift_meets_the_base_rate(margins, base):
    """After the shift the mean chance is the base rate."""
    margin = np.array(margins)
    shift = shift_to(margin, np.ones(len(margin)), base)
    assert (1 / (1 + np.exp(-(margin + shift)))).mean() == pytest.approx(base, abs=1e-6)


@given(st.lists(st.lists(st.integers(1, 5), max_size=4, unique=True), min_size=1, max_size=30), st.data())
def test_tags_are_taken_by_row(rows, data):
    """Some rows of tags hold what those rows held."""
    tags = Tags(np.array([code for row in rows for code in row], np.int64), np.cumsum([len(row) for row in rows]))
    wanted = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20))
    taken = tags.take(np.array(wanted, np.int64))
    parts = np.split(taken.codes, taken.ends[:-1]) if wanted else []
    assert [list(part) for part in parts] == [rows[place] for place in wanted]


def test_a_row_without_tags_is_in_the_bin_of_none():
    """Bins of tags: none for no tag, nothing for a tag nobody learned of."""
    binned = schema.Binned(Feature("tag_ids", TAGS), np.array([3, 8]))
    rows, bins = binned.pairs(Tags(np.array([8, 3, 99]), np.array([2, 2, 3])))
    assert list(zip(rows.tolist(), bins.tolist(), strict=True)) == [(0, 2), (0, 1), (1, 0)]


def test_values_that_nobody_knows_share_a_bin():
    """Unknown, rare and frequent countries are three kinds of bins."""
    country = next(binned for binned in SCHEMA if binned.feature.name == "country_id")
    assert country.bins(np.array([MISSING, 77, country.marks[0]])).tolist() == [0, 1, 2]
    assert "constant" not in {binned.feature.name for binned in SCHEMA}
