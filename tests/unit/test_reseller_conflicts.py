"""Whether two companies are the same: names with slips and legal forms, and what says more than a name."""

import pytest
from crm_reseller.conflicts.alike import ALIKE, Known, compare, keys, likeness, plain, prefixes, vat_key
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Brightwater Pumps Ltd", "Brightwater Pumps", True),
        ("Brightwatr Pumps", "Brightwater Pumps Ltd.", True),
        ("Pumps Brightwater", "Brightwater Pumps GmbH", True),
        ("Büromöbel Kranz", "Bueromoebel Kranz", True),
        ("Société Générale de Test", "SOCIETE GENERALE DE TEST S.A.", True),
        ("Brightwater Pumps", "Stillwater Boats", False),
        ("Northern Steel", "Southern Wood", False),
        ("Ltd", "GmbH", False),
        ("", "", False),
    ],
)
def test_names(one, other, is_alike):
    assert (likeness(one, other) >= ALIKE) == is_alike


def test_a_slip_is_looked_up():
    """Two names that differ in a slip near the end share a beginning by which they are found."""
    assert set(prefixes("Brightwatr Pumps")) & set(prefixes("Brightwater Pumps Ltd"))
    assert prefixes("Ltd") == [] and prefixes("") == []


@pytest.mark.parametrize(
    ("found", "evidence"),
    [
        (Known(vat="be 0477.472.701"), "vat"),
        (Known(email="anna@works.example"), "email"),
        (Known(phone="+32470123456"), "phone"),
        (Known(domains=frozenset({"works.example"})), "domain"),
        (Known(name="Example Wrks"), "name"),
        (Known(name="Another"), None),
        (Known(), None),
    ],
)
def test_evidence(found, evidence):
    asked = Known("Example Works", "BE0477472701", "anna@works.example", "+32470123456", frozenset({"works.example"}))
    match = compare(asked, found)
    assert (match and match.evidence) == evidence


def test_short_vat_says_nothing():
    assert vat_key("/") == "" and compare(Known(vat="/"), Known(vat="/")) is None


@given(st.text(), st.text())
def test_likeness(one, other):
    """Between 0 and 1, and 1 for a name with itself that says something."""
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1.0 if plain(one) else 0.0)


def test_keys():
    """What is certain is shared whatever the writing; a slip, and what says nothing, is not."""
    one = Known("Brightwater Pumps Ltd", "BE 0477.472.701", domains=frozenset({"b.example.com"}))
    assert keys(one) & keys(Known("BRIGHTWATER PUMPS")) == {("name", "brightwater pumps")}
    assert keys(one) & keys(Known(vat="be0477472701")) == {("vat", "BE0477472701")}
    assert not keys(one) & keys(Known("Brightwatr Pumps"))
    assert not keys(Known("Ltd", vat="1"))
