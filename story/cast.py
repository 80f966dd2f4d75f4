"""Who sells: the people, their teams and the channels through which customers come."""

from dataclasses import dataclass

COMPANY = "Demo Company"
DOMAIN = "demo-company.example.com"


@dataclass(frozen=True)
class Person:
    """`role`: own, all, leader, manager or reseller; who has no role of these is a salesperson like `own`."""

    login: str
    name: str
    role: str = "own"

    @property
    def email(self):
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True)
class Member:
    """`maximum`: leads per 30 days, with 0 only what is given by hand; the two domains are literals as text."""

    login: str
    maximum: int
    domain: str = "[]"
    preferred: str = "[]"


@dataclass(frozen=True)
class Team:
    key: str
    name: str
    alias: str
    process: str
    leader: str
    members: tuple[Member, ...]
    domain: str = "[]"
    target: int = 0


@dataclass(frozen=True)
class Channel:
    """How a customer came: what Odoo calls campaign, source and medium; `share` of all enquiries."""

    key: str
    campaign: str
    source: str
    medium: str
    share: int


PERSONAS = (
    Person("own", "Olga Demo", "own"),
    Person("all", "Alan Demo", "all"),
    Person("leader", "Lena Demo", "leader"),
    Person("manager", "Mark Demo", "manager"),
    Person("reseller", "Rosa Demo", "reseller"),
)
RESELLER_COMPANY = "Demo Reseller House"
RESELLER_EMAIL = "rosa@reseller-house.example.com"

COLLEAGUES = (
    Person("bence", "Bence Demo"),
    Person("chimeg", "Chimeg Demo"),
    Person("diego", "Diego Demo"),
    Person("erik", "Erik Demo", "leader"),
    Person("greta", "Greta Demo"),
    Person("hugo", "Hugo Demo"),
    Person("petra", "Petra Demo", "leader"),
    Person("quang", "Quang Demo"),
    Person("ivy", "Ivy Demo"),
    Person("jana", "Jana Demo"),
    Person("luisa", "Luisa Demo"),
)

TEAMS = (
    Team(
        "small_business",
        "Small business",
        "hello",
        "small_business",
        "leader",
        (
            Member("leader", 0),
            Member("own", 45),
            Member("bence", 45),
            Member("chimeg", 45, domain="[('country_id.code', 'in', ['MN', 'VN'])]"),
            Member("diego", 30),
        ),
        domain="[('expected_revenue', '<=', 15000)]",
        target=60_000,
    ),
    Team(
        "enterprise",
        "Enterprise",
        "enterprise",
        "enterprise",
        "erik",
        (
            Member("manager", 0),
            Member("erik", 0),
            Member("all", 45),
            Member("greta", 45, domain="[('probability', '>=', 20)]"),
            Member("hugo", 45),
        ),
        domain="[('expected_revenue', '>', 15000)]",
        target=250_000,
    ),
    Team(
        "partners",
        "Partners",
        "partners",
        "partners",
        "petra",
        (Member("petra", 0), Member("quang", 45), Member("ivy", 30)),
        domain="[('source_id.name', '=', 'Referral')]",
        target=80_000,
    ),
    Team(
        "europa",
        "Europa",
        "comercial",
        "small_business",
        "leader",
        (
            Member("jana", 45),
            Member("luisa", 45, preferred="[('country_id.code', 'in', ['ES', 'BR'])]"),
        ),
        domain="[('country_id.code', 'in', ['DE', 'ES', 'HU'])]",
        target=90_000,
    ),
)

CHANNELS = (
    Channel("ads", "Google Ads", "Search engine", "Google Adwords", 30),
    Channel("newsletter", "Newsletter", "Newsletter", "Email", 18),
    Channel("linkedin", "LinkedIn", "LinkedIn", "LinkedIn", 16),
    Channel("website", "", "", "Website", 16),
    Channel("referral", "", "Referral", "Direct", 9),
    Channel("fair", "", "Trade fair", "Direct", 6),
    Channel("cold", "", "Cold list", "Phone", 5),
)

LOST_REASONS = ("Too expensive", "Chose a competitor", "No budget this year", "No answer any more", "Not a fit for us")
