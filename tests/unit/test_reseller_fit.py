"""Which partner fits a lead: distances, who is asked in which way, who is not, and why."""

import time
from math import isnan, nan, pi

import numpy as np
import pytest
from crm_reseller.fit.facts import WEIGHTS, Lead, Partner
from crm_reseller.fit.parts import won_rates
from crm_reseller.fit.place import EARTH_KM, distances, place_of
from crm_reseller.fit.rank import rank
from hypothesis import given
from hypothesis import strategies as st

BELGIUM, FRANCE = 1, 2
GHENT = {"latitude": 51.05, "longitude": 3.72}


def km(one, other):
    return distances(*(np.array([degrees]) for degrees in (*one, *other)))[0, 0]


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ((50.85, 4.35), (51.05, 3.72), 49.4),  # Brussels to Ghent
        ((0, 179.9), (0, -179.9), 22.2),  # across the date line
        ((90, 0), (90, 123), 0),  # one pole, whatever the longitude
        ((89.9, 0), (89.9, 180), 22.2),  # over the pole
        ((0, 0), (0, 1), 111.2),  # 0 is a coordinate
        ((90, 0), (-90, 0), pi * EARTH_KM),
    ],
)
def test_distance(one, other, far):
    assert km(one, other) == pytest.approx(far, abs=0.1)


@given(st.tuples(*[st.floats(-90, 90), st.floats(-180, 180)] * 2))
def test_distance_is_one_of_the_globe(places):
    """The same there and back, never longer than half way round, never not a number."""
    one, other = places[:2], places[2:]
    assert km(one, other) == pytest.approx(km(other, one), abs=1e-6)
    assert 0 <= km(one, other) <= pi * EARTH_KM + 1e-6


def test_unknown_places():
    assert isnan(km((nan, nan), (0, 0)))
    assert all(map(isnan, place_of(0.0, 0.0))) and all(map(isnan, place_of(None, 3.0)))
    assert place_of(0.0, 0.0, is_certain=True) == (0.0, 0.0)
    assert place_of(0.0, 36.8) == (0.0, 36.8)


def asked(leads, partners, **options):
    return [[choice.partner for choice in answer.choices] for answer in rank(leads, partners, **options)]


def test_nearest_wins():
    """Next door is before 200 km away, although both are within Odoo's box."""
    near = Partner(1, country=BELGIUM, latitude=51.0, longitude=3.7)
    far = Partner(2, country=BELGIUM, latitude=49.7, longitude=5.4)
    assert asked([Lead(9, country=BELGIUM, **GHENT)], [far, near]) == [[1]]


@pytest.mark.parametrize(
    ("lead", "partner", "why"),
    [
        (Lead(9), Partner(1, has_mail=False), "no_mail"),
        (Lead(9), Partner(1, is_paused=True), "paused"),
        (Lead(9), Partner(1, capacity=2, load=2), "no_room"),
        (Lead(9, had=frozenset({1})), Partner(1), "had_it"),
        (Lead(9, company=1), Partner(1, company=2), "company"),
        (Lead(9, kept_for=frozenset({7})), Partner(1, family=6), "protected"),
        (Lead(9, country=BELGIUM), Partner(1, countries=frozenset({FRANCE})), "region"),
        (Lead(9, country=FRANCE, state=7), Partner(1, partly=frozenset({FRANCE}), states=frozenset({8})), "region"),
        (Lead(9, industry=5), Partner(1, industries=frozenset({6})), "branch"),
        (Lead(9, tags=frozenset({5})), Partner(1, tags=frozenset({6})), "branch"),
    ],
)
def test_not_asked(lead, partner, why):
    """Each reason alone keeps a partner out, and is told; the same without it does not."""
    [answer] = rank([lead], [partner])
    assert (answer.choices, answer.left_out) == ((), {why: 1})
    assert asked([Lead(9)], [Partner(1)]) == [[1]]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"industries": frozenset({5})}, {}),
        ({"languages": frozenset({3})}, {"languages": frozenset({4})}),
        ({"grade": 10.0}, {"grade": 1.0}),
        ({"capacity": 10, "load": 1}, {"capacity": 10, "load": 8}),
        ({"won": 8, "lost": 2}, {"won": 2, "lost": 8}),
        ({"answer": 2.0}, {"answer": 90.0}),
        ({"country": BELGIUM}, {"country": FRANCE}),
        ({"state": 7}, {"state": 8}),
    ],
)
def test_each_part_counts(better, worse):
    """All else being equal the better one is asked, whichever comes first."""
    lead = Lead(9, country=BELGIUM, state=7, industry=5, language=3)
    one, other = Partner(1, **worse), Partner(2, **better)
    assert asked([lead], [one, other]) == asked([lead], [other, one]) == [[2]]


def test_regions_served():
    """Belgium as a whole and one state of France; a French lead of which the state is not known may be his."""
    partner = Partner(1, countries=frozenset({BELGIUM}), states=frozenset({8}), partly=frozenset({FRANCE}))
    places = [(BELGIUM, 5), (FRANCE, 8), (FRANCE, 0), (FRANCE, 9), (3, 0), (0, 0)]
    leads = [Lead(n, country=country, state=state) for n, (country, state) in enumerate(places)]
    assert asked(leads, [partner]) == [[1], [1], [1], [], [], [1]]


def test_few_leads_say_little():
    """One won of one does not beat forty of fifty."""
    rates = won_rates(np.array([1, 40]), np.array([0, 10]))
    assert rates[1] > 0.79 and rates[1] < 0.81
    assert won_rates(np.array([1, 40, 0]), np.array([0, 10, 60]))[0] < 0.6


def test_room_goes_with_each_lead():
    """Who has one place left gets one lead; the next goes to the other, and then to nobody."""
    leads = [Lead(number, country=BELGIUM, **GHENT) for number in range(4)]
    near = Partner(1, country=BELGIUM, capacity=1, **GHENT)
    far = Partner(2, country=BELGIUM, capacity=2, latitude=49.7, longitude=5.4)
    assert asked(leads, [near, far]) == [[1], [2], [2], []]
    assert rank(leads, [near, far])[3].left_out == {"no_room": 2}


def test_ways():
    """Best asks one, first asks so many at once, in turn asks who was asked longest ago."""
    leads = [Lead(number, country=BELGIUM, **GHENT) for number in range(4)]
    partners = [
        Partner(number, country=BELGIUM, latitude=51.05 - number, longitude=3.72, last_offer=last)
        for number, last in ((1, 9), (2, 0), (3, 5), (4, 0))
    ]
    assert asked(leads, partners, way="best") == [[1]] * 4
    assert asked(leads[:1], partners, way="first", top=3) == [[1, 2, 3]]
    assert asked(leads, partners, way="turn", top=3) == [[2], [3], [1], [2]]


def test_reasons():
    """What is told: km, free places, the share won; points add up to the score."""
    partner = Partner(1, country=BELGIUM, latitude=50.85, longitude=4.35, capacity=5, load=2, won=40, lost=60)
    [answer] = rank([Lead(9, country=BELGIUM, **GHENT)], [partner])
    [choice] = answer.choices
    told = {reason.part: (reason.kind, round(reason.value, 1)) for reason in choice.reasons}
    assert told["distance"] == ("km", 49.4)
    assert told["room"] == ("places", 3.0)
    assert told["won"] == ("share", 0.4)
    assert told["answer"] == ("unknown", 0.0)
    assert set(told) == set(WEIGHTS)
    assert sum(reason.points for reason in choice.reasons) == pytest.approx(choice.score, abs=0.1)
    assert sum(WEIGHTS.values()) == 100


def test_nobody():
    assert asked([Lead(1)], []) == [[]] and asked([], [Partner(1)]) == []


@given(st.integers(0, 10**6))
def test_nobody_beyond_capacity(seed):
    """Whatever the world: nobody is asked beyond his capacity, twice for a lead, or although he had it."""
    chance = np.random.default_rng(seed)
    partners = [Partner(n, capacity=int(chance.integers(1, 4)), load=int(chance.integers(0, 4))) for n in range(1, 6)]
    leads = [Lead(n, had=frozenset(chance.integers(1, 6, 2).tolist())) for n in range(12)]
    for way in ("best", "first", "turn"):
        given_to = asked(leads, partners, way=way)
        for lead, ids in zip(leads, given_to, strict=True):
            assert len(set(ids)) == len(ids) and not lead.had & set(ids)
        for partner in partners:
            number = sum(partner.id in ids for ids in given_to)
            assert number <= max(partner.capacity - partner.load, 0)


def test_many():
    """10,000 leads against 500 partners within seconds."""
    chance = np.random.default_rng(7)
    places = chance.uniform(-60, 60, (10_500, 2)).tolist()
    partners = [
        Partner(n, country=n % 40, latitude=lat, longitude=lon, industries=frozenset({n % 9 + 1}))
        for n, (lat, lon) in enumerate(places[:500], 1)
    ]
    leads = [
        Lead(n, country=n % 40, latitude=lat, longitude=lon, industry=n % 9 + 1)
        for n, (lat, lon) in enumerate(places[500:], 1)
    ]
    start = time.perf_counter()
    answers = rank(leads, partners, way="first")
    assert all(answer.choices for answer in answers)
    assert time.perf_counter() - start < 20
