"""Read a one-line note of a phone enquiry: who called, and where he can be reached.

Pure Python: no Odoo. Source of the number formats: the `phonenumbers` library.
"""

import re
from dataclasses import dataclass

import phonenumbers

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
LONGEST_TITLE = 100


@dataclass(frozen=True)
class PhoneNote:
    title: str
    text: str
    phone: str | None = None
    email: str | None = None


def read_note(line, country_code=None):
    """Take a phone number and an e-mail address out of a line; what is left is the title.

    :param str line: one line of text; line breaks count as blanks
    :param country_code: ISO code (two letters) for numbers written without country, or None
    :return: PhoneNote; `title` is empty where nothing but blanks was written. `phone` is in
        international format. Never raises on any text.
    """
    text = " ".join(line.split())
    rest, email = _cut_email(text)
    rest, phone = _cut_phone(rest, country_code)
    title = _tidy(rest) or email or phone or ""
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    return PhoneNote(title=title, text=text, phone=phone, email=email)


def _cut_email(text):
    found = EMAIL.search(text)
    if not found:
        return text, None
    return text[: found.start()] + text[found.end() :], found.group().strip("'.")


def _cut_phone(text, country_code):
    region = country_code.upper() if country_code else None
    for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return text[: match.start] + text[match.end :], number
    return text, None


def _tidy(text):
    """Drop the commas and blanks that what was cut out has left behind."""
    parts = [part.strip(" \t-–:;.") for part in text.split(",")]
    return ", ".join(" ".join(part.split()) for part in parts if part)
