"""Takes out of a text what says who somebody is."""

import re

HIDDEN = "…"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{5,}\d")
_LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


def masked(text, known):
    """`text` without the words in `known` of three letters or more, mail addresses, links and phone numbers.

    :param known: texts that tell who it is (names, an address); each of their words counts, whatever its case
    :return: '' where nothing but that was there
    """
    for pattern in (_MAIL, _LINK, _PHONE):
        text = pattern.sub(HIDDEN, text)
    words = {word for one in known for word in re.findall(r"\w{3,}", one)}
    if words:
        longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        text = re.sub(rf"\b({longest_first})\b", HIDDEN, text, flags=re.IGNORECASE)
    text = re.sub(rf"{HIDDEN}([\s,;.&'-]*{HIDDEN})+", HIDDEN, text)
    return text.strip() if re.search(r"\w", text) else ""
