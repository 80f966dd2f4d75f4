"""What a partner must not read before he has accepted."""

import pytest
from crm_reseller.fit.masking import masked
from hypothesis import given
from hypothesis import strategies as st

KNOWN = ["Anna Example", "Example Works", "anna@works.example.com", "+32 470 12 34 56"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Offices for Anna Example", "Offices for …"),
        ("EXAMPLE WORKS: 20 desks", "…: 20 desks"),
        ("20 desks, call 0470 12 34 56", "20 desks, call …"),
        ("Write to info@works.example.com", "Write to …"),
        ("See www.works.example.com/desks now", "See … now"),
        ("Anna Example", ""),
        ("Desks", "Desks"),
        ("", ""),
    ],
)
def test_masked(text, left):
    assert masked(text, KNOWN) == left


def test_nothing_known():
    assert masked("Twenty desks", ["", ""]) == "Twenty desks"


@given(st.text(), st.lists(st.text("abcdefgh ", min_size=3), max_size=3))
def test_no_known_word_is_left(text, known):
    """Whatever the text: none of the known words of three letters stands in it as a word."""
    words = {word for one in known for word in one.split() if len(word) > 2}
    assert not words & set(masked(f"{text} {' '.join(known)}", known).lower().replace("…", " ").split())
