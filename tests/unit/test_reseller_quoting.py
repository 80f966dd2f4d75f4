"""What a partner enters for a quotation: bounds, mistakes, and what is none of his."""

from decimal import Decimal

import pytest
from crm_reseller_sale.quoting.entered import MOST_ENTRIES, MOST_LINES, entered, quantity


@pytest.mark.parametrize(
    ("text", "digits", "expected"),
    [
        ("3", 2, Decimal(3)),
        ("2,5", 2, Decimal("2.5")),
        ("2.55", 2, Decimal("2.55")),
        ("100000", 2, Decimal(100_000)),
        ("0", 2, Decimal(0)),
        ("000", 2, Decimal(0)),
        ("100000.01", 2, None),
        ("999999", 2, None),
        ("2.555", 2, None),
        ("2.5", 0, None),
        ("2", 0, Decimal(2)),
        ("2.555", 3, Decimal("2.555")),
        ("-1", 2, None),
        ("+1", 2, None),
        ("1e3", 2, None),
        ("nan", 2, None),
        ("inf", 2, None),
        ("1_0", 2, None),
        ("0x1", 2, None),
        ("1 000", 2, None),
        ("1\n", 2, None),
        ("٣", 2, None),
        (".5", 2, None),
        ("", 2, None),
    ],
)
def test_quantity(text, digits, expected):
    assert quantity(text, digits) == expected


def test_entered():
    """Quantities by product, mistakes kept as they were typed; nothing else of the form is read."""
    wanted = entered(
        {
            "quantity_7": " 2 ",
            "quantity_8": "",
            "quantity_9": "0",
            "quantity_10": "a lot",
            "quantity_x": "1",
            "quantity_-1": "1",
            "quantity_0": "1",
            "quantity_9999999999": "1",
            "price_unit": "1",
            "search": "  pump ",
            "note": "x" * 3000,
            "token": "t" * 100,
        }
    )
    assert wanted.quantities == {7: Decimal(2)}
    assert wanted.texts == {7: "2", 10: "a lot"}
    assert wanted.wrong == {10}
    assert (wanted.search, len(wanted.note), len(wanted.token)) == ("pump", 2000, 64)


def test_nothing_entered():
    wanted = entered({})
    assert (wanted.texts, wanted.quantities, wanted.wrong, wanted.note, wanted.token) == ({}, {}, frozenset(), "", "")


def test_many():
    """More lines than a quotation has are told; a flood is not even read."""
    assert not entered({f"quantity_{number}": "1" for number in range(1, MOST_LINES + 1)}).is_too_long
    assert entered({f"quantity_{number}": "1" for number in range(1, MOST_LINES + 2)}).is_too_long
    assert len(entered({f"quantity_{number}": "1" for number in range(1, 9999)}).texts) == MOST_ENTRIES
