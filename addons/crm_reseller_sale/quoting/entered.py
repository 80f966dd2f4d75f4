"""What a partner enters for a quotation. Whatever is out of bounds is told, never bent into shape."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

PREFIX = "quantity_"
MOST_LINES = 50
MOST_QUANTITY = 100_000
NOTE, SEARCH, TOKEN = 2000, 100, 64
LONGEST = 20  # of what was typed as a quantity, shown again beside the mistake
MOST_ENTRIES = 500


@dataclass(frozen=True)
class Entered:
    """`texts` is what was typed, by product; `quantities` what of it is a quantity above 0; `wrong` what is none."""

    texts: dict = field(default_factory=dict)
    quantities: dict = field(default_factory=dict)
    wrong: frozenset = frozenset()
    search: str = ""
    note: str = ""
    token: str = ""

    @property
    def is_too_long(self):
        return len(self.texts) > MOST_LINES


def entered(entries, digits=2):
    """:param entries: {name: text} of the form
    :param digits: decimals that a quantity has
    """
    texts = {}
    for name, text in list(entries.items())[:MOST_ENTRIES]:
        product = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and re.fullmatch("[1-9][0-9]{0,8}", product) and text.strip():
            texts[int(product)] = text.strip()[:LONGEST]
    quantities = {product: quantity(text, digits) for product, text in texts.items()}
    return Entered(
        texts={product: text for product, text in texts.items() if quantities[product] != 0},
        quantities={product: amount for product, amount in quantities.items() if amount},
        wrong=frozenset(product for product, amount in quantities.items() if amount is None),
        search=(entries.get("search") or "").strip()[:SEARCH],
        note=(entries.get("note") or "").strip()[:NOTE],
        token=(entries.get("token") or "")[:TOKEN],
    )


def quantity(text, digits=2):
    """:return: the quantity as Decimal, 0 where none is wanted, None where it can't be understood or is too big"""
    decimals = f"([.,][0-9]{{1,{digits}}})?" if digits else ""
    if not re.fullmatch(f"[0-9]{{1,6}}{decimals}", text):
        return None
    amount = Decimal(text.replace(",", "."))
    return amount if amount <= MOST_QUANTITY else None
