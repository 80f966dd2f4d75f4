"""Domains of many people as one."""

import pytest
from crm_gamification.goals.domains import TRUE, Merged, merge
from hypothesis import given
from hypothesis import strategies as st

WON = ("won_status", "=", "won")


def test_merge():
    """Domains that differ in the person are one domain and a value for each."""
    found = merge({"olga": ["&", WON, ("user_id", "=", 7)], "otto": ["&", WON, ("user_id", "=", 8)]})
    assert found == Merged(["&", WON, TRUE], "user_id", {"olga": 7, "otto": 8})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["|", WON, ("user_id", "=", 7)], ["|", WON, ("user_id", "=", 8)]),
        (["!", ("user_id", "=", 7)], ["!", ("user_id", "=", 8)]),
        ([("user_id", "!=", 7)], [("user_id", "!=", 8)]),
        ([("user_id", "in", [7])], [("user_id", "in", [8])]),
        ([("team_id.user_id", "=", 7)], [("team_id.user_id", "=", 8)]),
        ([("user_id", "=", 7)], [("create_uid", "=", 8)]),
        ([("user_id", "=", False)], [("user_id", "=", 8)]),
        ([("user_id", "=", 7), ("team_id", "=", 1)], [("user_id", "=", 8), ("team_id", "=", 2)]),
        ([("user_id", "=", 7)], [("user_id", "=", 8), WON]),
        ([WON], ["&"]),
        ([WON], [WON]),
    ],
)
def test_not_merged(one, other):
    """Anything else is left as it is: two differences, other operators, other fields, one inside of "or"."""
    assert merge({"one": one, "other": other}) is None


def test_nothing_to_merge():
    """One domain, or none, is not merged."""
    assert merge({}) is None
    assert merge({"one": [("user_id", "=", 7)]}) is None


@given(
    st.lists(st.fixed_dictionaries({name: st.integers(0, 3) for name in "abc"})),
    st.sets(st.integers(0, 3), min_size=2),
    st.permutations("abc"),
)
def test_same_rows(rows, values, names):
    """What is found by the merged domain and each one's value is what each one's own domain finds."""

    def matching(domain):
        return [row for row in rows if all(left == 1 or row[left] == right for left, _equals, right in domain)]

    field, *others = names
    domains = {value: [(others[0], "=", 1), (field, "=", value)] for value in values}
    found = merge(domains)
    for key, domain in domains.items():
        assert [row for row in matching(found.common) if row[found.field] == found.values[key]] == matching(domain)
