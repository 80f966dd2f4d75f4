"""Many people's domains that differ in who is meant, as one domain and one value for each of them."""

from dataclasses import dataclass

TRUE = (1, "=", 1)


@dataclass(frozen=True)
class Merged:
    """What all have in common, the field in which they differ, and each one's value of it."""

    common: list
    field: str
    values: dict


def merge(domains):
    """One domain for all, or None where they can't be one. domains: {key: domain in Odoo's prefix form}.

    They can where all parts are joined by "and" and are the same but for one `(field, "=", number)`. That part
    is true for everybody in what they have in common.
    """
    keys = list(domains)
    if len(keys) < 2 or len({len(domain) for domain in domains.values()}) > 1:
        return None
    columns = list(zip(*domains.values(), strict=True))
    varying = [place for place, parts in enumerate(columns) if any(part != parts[0] for part in parts)]
    if len(varying) != 1 or any(part in ("|", "!") for part in domains[keys[0]]):
        return None
    parts = columns[varying[0]]
    field = parts[0][0]
    if not all(_names_one(part) and part[0] == field for part in parts):
        return None
    common = [TRUE if place == varying[0] else column[0] for place, column in enumerate(columns)]
    return Merged(common, field, {key: part[2] for key, part in zip(keys, parts, strict=True)})


def _names_one(part):
    """Whether it is a condition that a field of the record itself is a certain number."""
    return (
        isinstance(part, tuple | list)
        and len(part) == 3
        and isinstance(part[0], str)
        and "." not in part[0]
        and part[1] == "="
        and type(part[2]) is int
    )
