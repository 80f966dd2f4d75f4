"""Sharing out a won deal among its touches: the parts add up, whatever comes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from crm_reports.attribution.methods import DAY, METHODS, roles, shares
from crm_reports.attribution.split import from_units, share_out, split, to_units
from crm_reports.attribution.touch import ARRIVAL, NOWHERE, UNKNOWN, Deal, Touch, Utm, journey
from hypothesis import given
from hypothesis import strategies as st

ids = st.none() | st.integers(1, 9)
utms = st.builds(Utm, ids, ids, ids)
moments = st.integers(0, 400 * 86_400).map(float)
touch_lists = st.lists(
    st.builds(Touch, moments, st.sampled_from(("message_in", "meeting_held")), utms, st.integers(1, 99)), max_size=12
)
amounts = st.integers(-(10**22), 10**22)
deals = st.builds(
    Deal, amounts, touch_lists.map(tuple), moments, st.none() | moments, st.none() | moments, st.just(NOWHERE) | utms
)
AD, MAIL = Utm(1, 2, 3), Utm(4, 5, 6)


def days(*numbers, utm=NOWHERE):
    return [Touch(number * DAY, "message_in", utm, place) for place, number in enumerate(numbers)]


@given(deals)
def test_parts_add_up(deal):
    """By every method the parts of a deal sum to its amount, and none has the other sign."""
    touches, parts = share_out(deal)
    assert set(parts) == set(METHODS)
    for found in parts.values():
        assert len(found) == len(touches)
        assert sum(found) == deal.amount
        assert all(part * deal.amount >= 0 for part in found)


@given(deals, st.randoms())
def test_order_does_not_matter(deal, chance):
    """However the touches are handed in, each gets the same."""
    mixed = list(deal.touches)
    chance.shuffle(mixed)
    assert share_out(deal) == share_out(
        Deal(deal.amount, tuple(mixed), deal.created, deal.converted, deal.won, deal.arrival)
    )


@given(amounts, st.builds(Touch, moments, st.just("message_in"), utms))
def test_one_touch_gets_all(amount, touch):
    """With one touch every method agrees."""
    _touches, parts = share_out(Deal(amount, (touch,), 0.0))
    assert set(map(tuple, parts.values())) == {(amount,)}


@given(amounts, st.lists(st.integers(0, 2**70), min_size=1, max_size=20).filter(any))
def test_split_is_fair(units, weights):
    """Nobody is further than one unit from his exact part, and who counts for nothing gets nothing."""
    parts, total = split(units, weights), sum(weights)
    assert sum(parts) == units
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(units * weight, total)) < 1
        assert weight or not part


def test_split_largest_remainder():
    """A cent that is left goes to who lost most by rounding, among equals to the earliest."""
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [1, 5, 3]) == [1, 6, 3]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split(1, [1, 1, 2]) == [0, 0, 1]


@pytest.mark.parametrize("weights", [[], [0], [-1, 2]])
def test_split_refuses(weights):
    """Weights that can't share anything out are an error."""
    with pytest.raises(ValueError, match="weights"):
        split(100, weights)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5), st.integers(0, 3))
def test_units_are_exact(amount, digits):
    """Money to whole units and back is the same money, however large and however fine."""
    units, finer = to_units(amount, digits)
    assert isinstance(units, int)
    assert finer >= digits
    assert from_units(units, finer) == amount


def test_units():
    """Units are the currency's smallest; what a float has beyond them is no money."""
    assert to_units(Decimal("10.50"), 2) == (1050, 2)
    assert to_units(Decimal("10.500"), 0) == (105, 1)
    assert to_units(Decimal("1E+3"), 3) == (1_000_000, 3)
    assert to_units(0.1 + 0.2, 2) == (30, 2)
    assert to_units(None, 2) == (0, 2)
    assert to_units(-7, 0) == (-7, 0)
    assert from_units(-5, 2) == Decimal("-0.05")


def test_arrival_is_a_touch():
    """A lead that knows where it came from arrived by a touch of its own."""
    deal = Deal(100, tuple(days(5)), created=2 * DAY, arrival=AD)
    assert [(touch.channel, touch.utm) for touch in journey(deal)] == [(ARRIVAL, AD), ("message_in", NOWHERE)]


def test_arrival_and_the_mail_that_made_the_lead_are_one():
    """The mail that made the lead takes the lead's UTM: one act is one touch."""
    deal = Deal(100, (Touch(DAY + 2, "message_in"), *days(5)), created=DAY, arrival=AD)
    assert [(touch.channel, touch.utm) for touch in journey(deal)] == [("message_in", AD), ("message_in", NOWHERE)]


def test_arrival_beside_a_touch_with_its_own_source():
    """A click of a mailing in that second says where it came from: the arrival stands beside it."""
    deal = Deal(100, (Touch(DAY, "link_clicked", MAIL),), created=DAY, arrival=AD)
    assert [touch.utm for touch in journey(deal)] == [AD, MAIL]


def test_no_touch():
    """Without a touch the lead's own UTM gets all, without that one unknown touch."""
    assert journey(Deal(1, (), 5.0, arrival=AD)) == (Touch(5.0, ARRIVAL, AD),)
    assert journey(Deal(1, (), 5.0)) == (Touch(5.0, UNKNOWN),)


def test_after_won_does_not_count():
    """What the customer did after the deal was won did not win it."""
    deal = Deal(100, tuple(days(1, 2, 3)), created=0.0, won=2 * DAY)
    assert [touch.moment for touch in journey(deal)] == [DAY, 2 * DAY]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("first", [1, 0, 0, 0]),
        ("last", [0, 0, 0, 1]),
        ("last_known", [0, 1, 0, 0]),
        ("linear", [1, 1, 1, 1]),
        ("u", [80, 20, 20, 80]),
        ("w", [30, 30, 30, 10]),
    ],
)
def test_methods(method, expected):
    """Four touches, the second from a campaign; the lead is made at the second, converted at the third."""
    touches = [*days(0), Touch(7 * DAY, "link_clicked", MAIL), *days(14, 21)]
    found = shares(touches, method, created=8 * DAY, converted=15 * DAY)
    assert [Fraction(weight, sum(found)) for weight in found] == [Fraction(part, sum(expected)) for part in expected]


def test_decay():
    """A week earlier counts half."""
    found = shares(days(0, 7, 14), "decay")
    assert (found[0] * 4, found[1] * 2) == (found[2], found[2])
    slower = shares(days(0, 7, 14), "decay", half_life=14)
    assert slower[0] * 2 == slower[2]
    assert shares(days(0, 36_500_000), "decay")[0] == 0


def test_u_and_w_with_few_touches():
    """With two touches U is half and half; a touch that is several of the keys gets them all; without
    others their part goes to the keys."""
    assert split(100, shares(days(0, 1), "u")) == [50, 50]
    assert split(90, shares(days(0, 1), "w", created=0, converted=2 * DAY)) == [60, 30]
    assert split(100, shares(days(0, 1, 2), "w", created=0, converted=0)) == [90, 5, 5]


def test_all_direct():
    """Where no touch has a source or a campaign, the last of all is the last known; a medium is not enough."""
    assert roles(days(1, 2, utm=Utm(medium=3)), 0)["last_known"] == 1


@pytest.mark.parametrize("wrong", [{"method": "best"}, {"method": "decay", "half_life": 0}])
def test_wrong_questions(wrong):
    """Unknown methods and half-lives are errors, and so is a deal without touches."""
    with pytest.raises(ValueError, match="method|half-life"):
        shares(days(1), **wrong)
    with pytest.raises(ValueError, match="touches"):
        shares([], "first")
