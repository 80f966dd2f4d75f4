"""What is read from a one-line note of a phone enquiry."""

import pytest
from crm_core.note.phone_note import LONGEST_TITLE, read_note
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("line", "country", "title", "phone", "email"),
    [
        ("Anna, wants prices", "HU", "Anna, wants prices", None, None),
        ("Anna +44 20 7946 0958 wants prices", None, "Anna wants prices", "+44 20 7946 0958", None),
        ("Bob, 020 7946 0958, call back", "gb", "Bob, call back", "+44 20 7946 0958", None),
        ("Bob, bob@example.com: 20 licences", None, "Bob, 20 licences", None, "bob@example.com"),
        ("bob@example.com", None, "bob@example.com", None, "bob@example.com"),
        ("+44 20 7946 0958", None, "+44 20 7946 0958", "+44 20 7946 0958", None),
        ("room 12, 2026-11-23, 300 pieces", "HU", "room 12, 2026-11-23, 300 pieces", None, None),
        ("  two\nlines ", None, "two lines", None, None),
        ("", None, "", None, None),
    ],
)
def test_read(line, country, title, phone, email):
    """Number and address go to their fields, the rest stays the title."""
    note = read_note(line, country)
    assert (note.title, note.phone, note.email) == (title, phone, email)


@given(st.text(), st.sampled_from([None, "HU", "US", "xx"]))
def test_any_text(line, country):
    """No text makes it fail; the title is short; nothing but blanks has none."""
    note = read_note(line, country)
    assert len(note.title) <= LONGEST_TITLE
    assert bool(note.title) <= bool(line.split())
    assert note.text == " ".join(line.split())
