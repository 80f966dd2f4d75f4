"""Learning from closed leads: what it finds, what it refuses, and what it does with bad input."""

import numpy as np
import pytest
from crm_lead_scoring.ml import measures, validate
from crm_lead_scoring.ml.guard import leaks
from crm_lead_scoring.ml.learn import NO_BETTER, SCORED, TOO_LITTLE, learn
from crm_lead_scoring.ml.table import CATEGORY, MISSING, NUMBER, Feature, History, Table
from crm_lead_scoring.ml.weights import row_weights
from scoring_world import empty, history


@pytest.fixture(scope="module")
def learned():
    return learn(history())


def test_finds_what_makes_leads_win(learned):
    """On leads that it never saw, chances are much better than the base rate and come true."""
    later = history(seed=2)
    chance = learned.scorer.chance(later.table)
    assert learned.state == SCORED
    assert measures.auc(later.won, chance) > 0.75
    assert measures.log_loss(later.won, chance) < measures.log_loss(later.won, later.won.mean()) - 0.1
    assert measures.calibration_error(later.won, chance) < 0.04


def test_says_so_where_nothing_helps():
    """Leads that are won by chance alone: the state says it, and every lead has the base rate."""
    found = learn(history(signal=0, rate=-1))
    assert found.state == NO_BETTER
    chance = found.scorer.chance(history(50, seed=3).table)
    assert np.ptp(chance) == 0
    assert chance[0] == pytest.approx(found.facts["base"])


@pytest.mark.parametrize(("count", "rate"), [(0, 0), (1, 0), (10, 0), (300, 30), (300, -30)])
def test_few_deals_or_of_one_kind(count, rate):
    """None, one, ten deals, only won ones, only lost ones: too little, and no error."""
    found = learn(history(count, signal=0, rate=rate))
    assert found.state == TOO_LITTLE
    assert 0 < found.scorer.chance(empty())[0] < 1


def test_same_input_same_scorer():
    """Learning twice from the same leads gives the same chances to the last digit."""
    deals, later = history(400), history(100, seed=2).table
    assert np.array_equal(learn(deals).scorer.chance(later), learn(deals).scorer.chance(later))


def test_planted_leak_is_left_out():
    """A number that is filled in on won leads, and one that is the outcome: both are named and not used."""
    deals = history(1000)
    random = np.random.default_rng(0)
    filled = np.where(deals.won & (random.random(1000) < 0.9), 5.0, np.nan)
    answer = np.where(deals.won, 7, 8)
    features = (
        Feature("property.contract", NUMBER, as_it_stands=True),
        Feature("property.reason", CATEGORY, as_it_stands=True),
    )
    columns = deals.table.columns | {"property.contract": filled, "property.reason": answer}
    table = Table(deals.table.features + features, columns, deals.table.lead)
    planted = History(table, deals.won, deals.arrived, deals.closed_after, deals.team)
    found = learn(planted)
    assert {(leak.name, leak.reason) for leak in found.leaks} == {
        ("property.contract", "filled"),
        ("property.reason", "alone"),
    }
    assert not {"property.contract", "property.reason"} & set(found.scorer.names)
    allowed = learn(planted, allowed={"property.contract"})
    assert "property.contract" in allowed.scorer.names


def test_ordinary_columns_are_no_leaks():
    """What merely helps is not taken away."""
    deals = history(2000, signal=2.0)
    assert leaks(deals, row_weights(deals), 0) == ()


def test_how_it_did_by_team():
    """Each team with enough leads has its figures, the largest first; small ones and leads without a team have none."""
    deals = history(1200)
    team = np.where(np.arange(1200) % 3 == 0, 7, np.where(np.arange(1200) % 60 == 1, 9, MISSING))
    found = learn(History(deals.table, deals.won, deals.arrived, deals.closed_after, team)).facts["teams"]
    assert [row[0] for row in found] == [7]
    assert found[0][4] < found[0][5]


def test_more_history_helps(learned):
    """Learned from twenty times as much, it is less far off on the same later leads; few leads give the base rate."""
    curve = learned.facts["curve"]
    assert [part for part, _leads, _loss in curve] == [0.05, 0.1, 0.3, 1.0]
    assert curve[-1][2] < curve[0][2]
    assert curve[-1][2] == min(loss for _part, _leads, loss in curve)


def test_rows_of_a_lead_stay_together():
    """A lead with several moments is never learned from and tried on in the same fold."""
    deals = history(200, rows=3)
    parts = validate.folds(deals.table.lead)
    assert len(parts) == validate.FOLDS
    for past, later in parts:
        assert not set(deals.table.lead[past]) & set(deals.table.lead[later])
        assert deals.arrived[past].max() <= deals.arrived[later].min()
    assert sum(len(later) for _past, later in parts) + len(parts[0][0]) == len(deals)


def test_many_moments_count_as_one_lead():
    """Seven rows of a lead weigh as much as one row of another."""
    deals = history(300).take(np.concatenate((np.zeros(6, int), np.arange(300))))
    weight = row_weights(deals)
    assert weight[:7].sum() == pytest.approx(weight[7])


def test_slow_leads_speak_for_those_still_open():
    """Half of the leads are open for longer than the quick ones took: slow closed ones count double."""
    deals = history(200)
    slow = np.arange(200) % 2 == 0
    deals = History(
        deals.table, deals.won, deals.arrived, np.where(slow, 100.0, 1.0), deals.team, np.full(100, 50.0)
    )  # fmt: skip
    weight = row_weights(deals)
    assert weight[0] / weight[1] == pytest.approx(2.0)


def test_same_day_needs_no_speaking_for():
    """Leads closed on the day they came, others open since this morning: all count the same."""
    deals = history(100)
    deals = History(
        deals.table, deals.won, deals.arrived, np.linspace(0, 0.9, 100), deals.team, np.linspace(0, 0.5, 50)
    )  # fmt: skip
    assert np.ptp(row_weights(deals)) == 0


def test_bad_values_give_a_chance_all_the_same(learned):
    """Infinite numbers, unheard-of countries, nothing known at all: a chance between 0 and 1."""
    strange = empty(4)
    strange.columns["count.message_in"][:3] = (np.inf, -np.inf, 1e300)
    strange.columns["country_id"][:2] = (-5, np.iinfo(np.int64).max)
    chance = learned.scorer.chance(strange)
    assert ((chance > 0) & (chance < 1)).all()


def test_a_million_values_cost_no_more_than_some():
    """Every lead with a value of its own: nothing is learned from it, and the rest is."""
    deals = history(1500)
    feature = Feature("name", CATEGORY, as_it_stands=True)
    columns = deals.table.columns | {"name": np.arange(1500) * 7919}
    table = Table((*deals.table.features, feature), columns, deals.table.lead)
    found = learn(History(table, deals.won, deals.arrived, deals.closed_after, deals.team))
    assert found.state == SCORED
    assert "name" not in found.scorer.names


def test_infinite_numbers_in_the_past():
    """Numbers that are no numbers in closed leads don't stop the learning."""
    deals = history(600)
    deals.table.columns["count.message_in"][:5] = (np.inf, -np.inf, 1e308, -1e308, np.nan)
    assert learn(deals).state == SCORED


def test_nothing_to_learn_from():
    """Only columns without a value: as good as the base rate, without an error."""
    table = Table((Feature("x", CATEGORY),), {"x": np.full(400, MISSING)}, np.arange(400))
    deals = history(400)
    found = learn(History(table, deals.won, deals.arrived, deals.closed_after, deals.team))
    assert found.state == NO_BETTER


def test_odoo_counts_by_team():
    """Odoo's own way, by hand: one team with three won of A and one lost of B, asked about A and B."""
    from crm_lead_scoring.ml.odoo_counting import OdooCounting

    features = (Feature("country_id", CATEGORY), Feature("stage_id", CATEGORY))
    won = np.array([True, True, True, False])

    def deals(countries, outcomes):
        columns = {
            "country_id": np.array(countries),
            "stage_id": np.full(len(countries), MISSING),
        }
        table = Table(features, columns, np.arange(len(countries)))
        size = len(countries)
        return History(table, np.array(outcomes), np.arange(size) * 1.0, np.zeros(size), np.full(size, 7))

    said = OdooCounting(("country_id",), np.array([1, 2])).chances(
        deals([1, 1, 1, 2], won), deals([1, 2, 9], [True, False, True])
    )
    wins, losts = 3.1 / 1.1, (3.1 / 3.2) / (0.1 / 1.2)
    assert said[0] == pytest.approx(wins * losts / (1 + wins * losts))
    assert said[2] == pytest.approx(wins / (1 + wins))
    assert said[1] < said[2] < said[0]
