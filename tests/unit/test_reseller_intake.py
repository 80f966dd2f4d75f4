"""What strangers enter on a public page."""

import pytest
from crm_reseller.intake import clean
from hypothesis import given
from hypothesis import strategies as st

GOOD = {"name": "Works", "contact_name": "Ben Example", "email": "ben@works.example.com", "why": "We sell pumps."}


def test_good_entries():
    found, wrong = clean.entries({**GOOD, "website": "www.works.example.com/about", "country_id": "21"})
    assert not wrong
    assert (found["website"], found["country_id"]) == ("https://www.works.example.com/about", 21)


@pytest.mark.parametrize("name", clean.NEEDED)
def test_needed(name):
    assert clean.entries({**GOOD, name: " \r\n\x00"})[1] == {name}


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:pass@works.example.com",
        "http://[::1",
        "localhost",
        "//",
        "https://works.example.com:bad@evil",
        "https://" + "a" * 500 + ".com",
    ],
)
def test_no_website(value):
    found, wrong = clean.entries({**GOOD, "website": value})
    assert found["website"] == ""
    assert wrong == {"website"}


def test_website_drops_what_is_after_the_path():
    assert clean.website('https://works.example.com/a"onclick=x?y#z') == "https://works.example.com"


@pytest.mark.parametrize("value", ["-1", "1e3", "٣", "9" * 10, "", None, ["1"], 5])
def test_no_number(value):
    assert clean.number(value) == 0


def test_numbers():
    """Each once, at most ten, and no more is looked at."""
    assert clean.numbers(["3", "3", "x", "4"]) == [3, 4]
    assert len(clean.numbers([str(one) for one in range(1, 100)])) == clean.MOST_LANGUAGES


@given(
    st.dictionaries(
        st.sampled_from([*clean.LENGTHS, "why", "country_id"]),
        st.text(max_size=60).map(lambda text: text * 100) | st.none(),
    )
)
def test_whatever_is_sent(sent):
    """Bounded, on one line, without anything invisible; the paragraphs keep their lines and nothing else."""
    found, _wrong = clean.entries(sent)
    for name, length in clean.LENGTHS.items():
        assert len(found[name]) <= length
        assert found[name].isprintable()
    assert len(found["why"]) <= clean.WHY_LENGTH
    assert all(one.isprintable() for one in found["why"].split("\n"))
