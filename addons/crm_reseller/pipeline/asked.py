"""What the address of the pipeline asks for. Whatever it can't be understood as is as if it were not there."""

from dataclasses import dataclass, field

CARDS = 12
SORTS = {
    "date": "create_date desc, id desc",
    "name": "name, id",
    "revenue": "expected_revenue desc, id desc",
    "closing": "date_deadline, id",
    "stage": "stage_id, id desc",
}
FILTERS = ("open", "sleeping", "closing", "no_step", "won", "lost")
MOST = 10_000


@dataclass(frozen=True)
class Asked:
    """`more` says how many cards a stage shows, by its number; `stage` is 0 for all stages."""

    view: str = "kanban"
    search: str = ""
    filter: str = "open"
    sort: str = "date"
    stage: int = 0
    page: int = 1
    more: dict = field(default_factory=dict)

    @property
    def order(self):
        return SORTS[self.sort]

    def cards(self, stage):
        return self.more.get(stage, CARDS)


def number(text, most=2**31 - 1):
    """:return: the number from 1 to `most` that the text is, or 0"""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and 0 < int(text) <= most else 0


def asked(entries, page=1):
    """:param entries: the query of the address, {name: text}"""
    more = {}
    for part in (entries.get("more") or "")[:500].split("."):
        stage, _x, shown = part.partition("x")
        if number(stage) and number(shown, MOST):
            more[number(stage)] = number(shown, MOST)
    return Asked(
        view="list" if entries.get("view") == "list" else "kanban",
        search=(entries.get("search") or "").strip()[:100],
        filter=_one_of(entries.get("filterby"), FILTERS, "open"),
        sort=_one_of(entries.get("sortby"), SORTS, "date"),
        stage=number(entries.get("stage")),
        page=max(1, number(page, MOST)),
        more=more,
    )


def more_of(wanted, stage):
    """The `more` of the address that shows another batch of a stage's cards."""
    shown = {**wanted.more, stage: wanted.cards(stage) + CARDS}
    return ".".join(f"{one}x{count}" for one, count in sorted(shown.items()))


def _one_of(text, choices, default):
    return text if text in choices else default


def cell(value):
    """A value as a spreadsheet takes it: text that it would run as a formula begins with an apostrophe."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return value
