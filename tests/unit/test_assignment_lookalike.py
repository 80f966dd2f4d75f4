"""Which leads look like a lead: questions, their answers in order, and domains that tell a company."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from crm_assignment.allocation.lookalike import (
    EVIDENCE,
    LEADING_FORMS,
    LEGAL_FORMS,
    NO_NAMES,
    Keys,
    Question,
    company_name_sql,
    lookalikes,
    own_domains,
)
from hypothesis import given
from hypothesis import strategies as st

SHARED = ("", "a", "b")
KEYS = st.builds(
    Keys,
    company_id=st.integers(0, 2),
    email=st.sampled_from(SHARED),
    phone=st.sampled_from(SHARED),
    customer=st.integers(0, 2),
    company=st.sampled_from(SHARED),
    domains=st.frozensets(st.sampled_from(("a.com", "b.com")), max_size=2),
)
LEADS = st.lists(KEYS, max_size=12).map(lambda leads: [replace(one, lead_id=n) for n, one in enumerate(leads, 1)])


def answer(leads, limit=None):
    """What a database says: for each question the ids that have the key, ascending, in companies that fit."""
    having = defaultdict(list)
    for one in leads:
        for question in one.questions():
            having[question.by, question.key].append(one)
    return {
        question: [
            other.lead_id
            for other in having[question.by, question.key]
            if not question.company_id or other.company_id in (0, question.company_id)
        ][:limit]
        for one in leads
        for question in one.questions()
    }


def everybody(leads, keep=100):
    found = answer(leads)
    return {one.lead_id: lookalikes(one, found, keep) for one in leads}


@given(LEADS)
def test_symmetric(leads):
    """Who looks like another is looked like by it, by the same evidence."""
    pairs = {(one, other, by) for one, found in everybody(leads).items() for other, by in found}
    assert pairs == {(other, one, by) for one, other, by in pairs}


@given(LEADS, st.randoms())
def test_order_of_leads_does_not_matter(leads, chance):
    shuffled = chance.sample(leads, len(leads))
    by_id = {question: sorted(ids) for question, ids in answer(shuffled).items()}
    assert {one.lead_id: lookalikes(one, by_id, 100) for one in shuffled} == everybody(leads)


@given(LEADS)
def test_never_oneself_none_twice_best_first(leads):
    for lead_id, found in everybody(leads).items():
        ids = [other for other, _by in found]
        assert lead_id not in ids
        assert len(set(ids)) == len(ids)
        assert found == sorted(found, key=lambda pair: (EVIDENCE.index(pair[1]), pair[0]))


@given(LEADS, st.integers(1, 5))
def test_first_answers_are_enough(leads, keep):
    """With no more than `keep` + 1 ids a question the first look-alikes are those that all answers give."""
    short = answer(leads, keep + 1)
    for lead_id, found in everybody(leads).items():
        keys = leads[lead_id - 1]
        assert lookalikes(keys, short, keep) == found[:keep]
        assert bool(lookalikes(keys, short, keep)) == bool(found)


@given(LEADS)
def test_two_companies_never_meet(leads):
    company = {one.lead_id: one.company_id for one in leads}
    for lead_id, found in everybody(leads).items():
        assert all(not company[lead_id] or company[other] in (0, company[lead_id]) for other, _by in found)


def test_a_lead_that_is_not_saved():
    """It has no id and finds all that have its keys."""
    found = {Question("email", "a"): [1, 2], Question("domain", "a.com"): [2, 3]}
    new = Keys(email="a", domains=frozenset({"a.com"}))
    assert lookalikes(new, found, 50) == [(1, "email"), (2, "email"), (3, "domain")]


def test_nothing_known_asks_nothing():
    assert Keys(lead_id=1, company_id=1).questions() == []


@pytest.mark.parametrize(
    ("website", "mailbox", "domains"),
    [
        ("Acme.com", "acme.com", {"acme.com"}),
        ("acme.com", "acme.de", {"acme.com", "acme.de"}),
        ("acme.com", "gmail.com", {"acme.com"}),
        ("gmail.com", "", set()),
        (False, "", set()),
        ("localhost", None, set()),
        ("facebook.com", "", set()),
        ("hu.linkedin.com", "acme.com", {"acme.com"}),
        ("amazon.com", "amazon.com", {"amazon.com"}),
        ("myfacebook.com", "", {"myfacebook.com"}),
    ],
)
def test_domains_of_a_company(website, mailbox, domains):
    assert own_domains(website, mailbox, {"gmail.com"}) == domains


def test_words_of_company_names():
    """Forms are written as names look once they are cleaned: else they could never be met."""
    for word in (*LEGAL_FORMS, *LEADING_FORMS, *NO_NAMES):
        assert re.fullmatch(r"\w+( \w+)*", word), word
        assert word == word.lower()
    assert len(set(LEGAL_FORMS)) == len(LEGAL_FORMS)


def test_sql_of_company_names_takes_no_values():
    """It goes into an index as it is: nothing that has to be filled in may be left."""
    text = company_name_sql("partner_name")
    assert "normalize(partner_name, NFKD)" in text
    assert not set("{}%") & set(text)
