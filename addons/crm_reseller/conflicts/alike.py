"""How much two companies look the same, and by what."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

# evidence, best first, and how much it says from 0 to 100; of names it is the likeness that counts
STRENGTH = {"vat": 100, "email": 95, "phone": 90, "domain": 85, "name": 80}
ALIKE = 0.84  # names less alike than this are not
PREFIX = 5  # letters by which a name is looked up, so that a slip further on does not hide it
WORDS = 3  # of so many of its words

LEGAL_FORMS = frozenset(
    (
        *("ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "co", "llc", "llp", "lp", "plc"),
        *("gmbh", "mbh", "ag", "kg", "ohg", "ug", "sa", "sas", "sarl", "spa", "srl", "bv", "nv", "bvba", "oy", "ab"),
        *("as", "aps", "sl", "ltda", "lda", "kft", "zrt", "sro", "doo", "pty", "pvt", "and", "the", "et", "und"),
    )
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a company is known by; '' where it is not.

    :param domains: internet domains of its own, without public mailboxes
    """

    name: str = ""
    vat: str = ""
    email: str = ""
    phone: str = ""
    domains: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    evidence: str
    strength: int


def plain(name):
    """Small letters and digits, without accents, punctuation and legal forms; '' where nothing else is there."""
    text = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).replace(".", "")
    words = re.findall(r"\w+", text)
    return " ".join(word for word in words if word not in LEGAL_FORMS)


def vat_key(vat):
    """Letters and digits; '' for what is too short to say anything."""
    key = re.sub(r"[^0-9A-Z]", "", vat.upper())
    return key if len(key) >= 6 else ""


def prefixes(name):
    """Beginnings of the longest words of a name, by which like ones are looked up."""
    words = sorted((word for word in plain(name).split() if len(word) >= 3), key=lambda word: (-len(word), word))
    return sorted({word[:PREFIX] for word in words[:WORDS]})


def likeness(name, other):
    """From 0 to 1: as they stand, or with their words in order, whichever is more."""
    one, two = plain(name), plain(other)
    if not one or not two:
        return 0.0
    return max(fuzz.ratio(one, two), fuzz.token_sort_ratio(one, two)) / 100


def keys(known):
    """What two companies have to share so that they are certainly the same: {(evidence, value)}."""
    values = {"vat": vat_key(known.vat), "email": known.email, "phone": known.phone, "name": plain(known.name)}
    found = {(evidence, value) for evidence, value in values.items() if value}
    return frozenset(found | {("domain", domain) for domain in known.domains})


def compare(asked, found):
    """:return: `Match` by the best evidence, or None where nothing speaks for it"""
    if vat_key(asked.vat) and vat_key(asked.vat) == vat_key(found.vat):
        return Match("vat", STRENGTH["vat"])
    if asked.email and asked.email == found.email:
        return Match("email", STRENGTH["email"])
    if asked.phone and asked.phone == found.phone:
        return Match("phone", STRENGTH["phone"])
    if asked.domains & found.domains:
        return Match("domain", STRENGTH["domain"])
    ratio = likeness(asked.name, found.name)
    return Match("name", round(STRENGTH["name"] * ratio)) if ratio >= ALIKE else None
