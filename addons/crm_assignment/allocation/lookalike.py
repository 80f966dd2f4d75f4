"""Which leads look like a lead, best evidence first. Pure Python, no fuzzy matching.

A lead asks questions (who else has this e-mail address, this number …); the database answers each
question once for a whole batch; `lookalikes` puts the answers of one lead in order. Company names
are compared by a text that the database makes and indexes (`company_name_sql`).
"""

from dataclasses import dataclass
from itertools import groupby

EMAIL, PHONE, CUSTOMER, COMPANY, DOMAIN = EVIDENCE = ("email", "phone", "customer", "company", "domain")

# Sites on which anybody has a page: they say as little about a company as a public mailbox does
SHARED_SITES = frozenset(
    (
        *("facebook.com", "fb.com", "fb.me", "instagram.com", "linkedin.com", "x.com", "twitter.com", "youtube.com"),
        *("youtu.be", "tiktok.com", "pinterest.com", "vk.com", "ok.ru", "wa.me", "t.me", "linktr.ee", "google.com"),
        *("goo.gl", "bit.ly", "wixsite.com", "blogspot.com", "wordpress.com", "github.io", "etsy.com", "amazon.com"),
    )
)

# As they stand behind a name once accents, dots and punctuation are gone
LEGAL_FORMS = (
    *(
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "company",
        "co",
        "and",
        "llc",
        "llp",
        "lp",
        "plc",
    ),
    *("pvt", "private", "pte", "pty", "pt", "tbk", "sdn", "bhd", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "ug"),
    *("ek", "sa", "s a", "sas", "sasu", "sarl", "eurl", "snc", "sca", "spa", "s p a", "srl", "s r l", "srls"),
    *("bv", "b v", "nv", "n v", "vof", "bvba", "oy", "oyj", "ab", "as", "a s", "asa", "aps", "ks", "k s", "ivs"),
    *("sl", "s l", "slu", "sau", "sa de cv", "de cv", "ltda", "limitada", "lda", "eireli", "epp", "mei"),
    *("kft", "bt", "zrt", "nyrt", "kkt", "sro", "s r o", "spol", "doo", "d o o", "dd", "ad", "ead", "eood", "ood"),
    *("sp", "zoo", "z oo", "z o o", "sti", "ou", "sia", "uab", "jsc", "ojsc", "cjsc", "pjsc", "ооо", "оао"),
    *("зао", "пао", "ао", "тоо", "тов", "еоод", "оод", "ад", "еад", "ххк", "хк", "ххн"),
)
# As they stand before it
LEADING_FORMS = ("ooo", "oao", "zao", "ооо", "оао", "зао", "пао", "ао", "тоо", "тов", "ип", "jsc", "llc", "pt", "cv")
# What people type where a name is asked for
NO_NAMES = (
    *("na", "n a", "none", "no", "nil", "test", "unknown", "private person", "privat", "self", "self employed"),
    *("individual", "freelance", "freelancer", "student", "not applicable", "xx", "xxx", "tbd", "the"),
)

_MARKS = r"[\u0300-\u036f.''’`]"  # accents, dots and apostrophes vanish; '' is one apostrophe in SQL
_BETWEEN = (  # a space instead of anything else that is neither letter nor digit, whatever the collation
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u02b0-\u02ff\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f]+"
)
_NAME_SQL = (
    "btrim(regexp_replace(regexp_replace(' ' || regexp_replace(regexp_replace(translate(replace(lower("
    "normalize({column}, NFKD)), 'ß', 'ss'), 'ıłøđ', 'ilod'), '{marks}', '', 'g'), '{between}', ' ', 'g') || ' ', "
    "'^ *(({leading}) )+', ' '), '( ({forms}))+ +$', ''))"
)


def company_name_sql(column):
    """The SQL text that makes of a company's name what is compared, from built-in immutable functions only.

    The index has it, so a change needs an upgrade of the addon. In a database whose character type is
    C, capitals beyond A to Z count.

    Case, accents, punctuation and legal forms before or behind the name do not count; what stays is
    words with single spaces, '' where nothing but a legal form was there.

    :param str column: what to put in: the name of a text column, or a placeholder
    """
    return _NAME_SQL.format(
        column=column,
        marks=_MARKS,
        between=_BETWEEN,
        leading="|".join(LEADING_FORMS),
        forms="|".join(LEGAL_FORMS),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """Which leads have this `key` by this evidence; `company_id` 0: of any company, else of it or of none."""

    by: str
    key: str
    company_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What one lead is known by; "" and 0 where nothing is known.

    `lead_id` is 0 for one that is not saved. `customer`: id of the commercial partner. `company`: the
    company's name as typed. `domains`: what `own_domains` gives.
    """

    lead_id: int = 0
    company_id: int = 0
    email: str = ""
    phone: str = ""
    customer: int = 0
    company: str = ""
    domains: frozenset[str] = frozenset()

    def questions(self):
        """What has to be asked for this lead, best evidence first, domains in alphabetical order."""
        single = ((EMAIL, self.email), (PHONE, self.phone), (CUSTOMER, self.customer), (COMPANY, self.company))
        pairs = [(by, str(key)) for by, key in single if key] + [(DOMAIN, key) for key in sorted(self.domains)]
        return [Question(by, key, self.company_id) for by, key in pairs]


def is_shared_site(host):
    """Whether a website there says nothing about whose it is."""
    return any(host == site or host.endswith("." + site) for site in SHARED_SITES)


def own_domains(website, mailbox, public):
    """Domains that belong to a company: that of its website and that of an e-mail address.

    :param website: "" where none is known; SHARED_SITES and their subdomains are nobody's own
    :param mailbox: "" where none is known; people who work for one of SHARED_SITES have their address there
    :param public: domains of public mailboxes
    """
    website, mailbox = ((host or "").strip().lower() for host in (website, mailbox))
    hosts = {mailbox} if is_shared_site(website) else {website, mailbox}
    return frozenset(host for host in hosts - public if "." in host)


def lookalikes(keys, found, keep):
    """Other leads that look like one, each with its best evidence.

    :param Keys keys: what the lead is known by
    :param found: {Question: lead ids in ascending order}; of more than `keep` + 1 ids the first are
        enough, as the lead itself is at most one of them
    :param int keep: so many are kept
    :return: [(lead id, evidence), …], by evidence, then by id; never the lead itself, none twice
    """
    best = {}
    for by, questions in groupby(keys.questions(), key=lambda question: question.by):
        ids = {lead_id for question in questions for lead_id in found.get(question, ())}
        best.update(dict.fromkeys(sorted(ids - best.keys() - {keys.lead_id}), by))
    return list(best.items())[:keep]
