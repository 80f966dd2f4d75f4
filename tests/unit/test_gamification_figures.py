"""The figures of goals by the ledger."""

import pytest
from crm_gamification.goals.figures import Tally, figure, of_own_best, together

TALLIES = {
    "won": Tally(points=3, rows=4, amount=450.0, largest=300.0),
    "lost": Tally(rows=1),
    "answer": Tally(points=2, rows=2, hours=1.5),
}


@pytest.mark.parametrize(
    ("name", "least", "expected"),
    [
        ("won", 0, 3),
        ("money", 0, 450.0),
        ("biggest", 0, 300.0),
        ("won_rate", 0, 75.0),
        ("won_rate", 4, 75.0),
        ("won_rate", 5, None),
        ("answer", 2, 1.5),
        ("answer", 3, None),
        ("meetings", 0, 0.0),
    ],
)
def test_figure(name, least, expected):
    """Sums, rates and averages; these last only from so many on."""
    assert figure(name, TALLIES, least) == expected


def test_nothing():
    """Nothing counted: sums are 0, rates and averages unknown."""
    assert [figure(name, {}) for name in ("won", "money", "won_rate", "answer")] == [0.0, 0.0, None, None]
    with pytest.raises(ValueError, match="not a figure"):
        figure("fame", {})


def test_own_best():
    """Against one's best month, not the last one; a first deal ever is a record."""
    assert of_own_best(3, [2, 6, 4]) == 50
    assert (of_own_best(1, []), of_own_best(0, [])) == (100, 0)


def test_together():
    """Each one's figure is his team's; who has no team runs alone."""
    assert together({1: 2, 2: 3, 3: 4, 4: 1}, {1: 9, 2: 9, 3: None, 4: None}) == {1: 5, 2: 5, 3: 4, 4: 1}
