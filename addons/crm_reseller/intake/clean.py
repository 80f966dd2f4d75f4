"""Entries of a form as plain text of bounded length. Nothing that comes in is trusted, not even its type."""

import re
from urllib.parse import urlsplit

# one line each, and how long it may be
LENGTHS = {"name": 120, "contact_name": 120, "email": 120, "phone": 40, "website": 200}
WHY_LENGTH = 2000
MOST_LANGUAGES = 10
HONEYPOT = "company_fax"  # people do not see it; whoever fills it in is none
NEEDED = ("name", "contact_name", "email", "why")

_HOST = re.compile(r"(?=.{4,120}$)[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}", re.IGNORECASE)


def line(value, length):
    """One line without control characters and invisible ones, so that it can't break out of a header."""
    text = value if isinstance(value, str) else ""
    text = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * length])
    return " ".join(text.split())[:length].strip()


def paragraphs(value, length):
    text = value if isinstance(value, str) else ""
    return "\n".join(line(one, length) for one in text[: 4 * length].splitlines()).strip()[:length]


def website(value):
    """:return: an address of the web with its scheme, '' where it is none"""
    text = line(value, LENGTHS["website"])
    if not text:
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.username or not _HOST.fullmatch(host):
        return ""
    path = parts.path if re.fullmatch(r"[\w./~%-]*", parts.path) else ""
    return f"{parts.scheme}://{host}{path}"[: LENGTHS["website"]]


def phone(value):
    return re.sub(r"[^0-9+()/ .-]", "", line(value, LENGTHS["phone"])).strip()


def number(value):
    """:return: a whole number above 0, or 0"""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10 else 0


def numbers(values):
    """Of a field that may be sent more than once."""
    return list(dict.fromkeys(filter(None, map(number, list(values)[:MOST_LANGUAGES]))))


def is_robot(entries):
    return bool(entries.get(HONEYPOT))


def entries(sent):
    """:return: (what was entered, made harmless; names of what is missing or wrong)"""
    found = {name: line(sent.get(name), length) for name, length in LENGTHS.items()}
    found.update(
        phone=phone(sent.get("phone")),
        website=website(sent.get("website")),
        why=paragraphs(sent.get("why"), WHY_LENGTH),
    )
    wrong = {name for name in NEEDED if not found[name]}
    if line(sent.get("website"), LENGTHS["website"]) and not found["website"]:
        wrong.add("website")
    found.update({name: number(sent.get(name)) for name in ("country_id", "industry_id")})
    return found, wrong
