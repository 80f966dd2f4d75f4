"""The deals that the documentation and the tests know by name."""

from datetime import datetime, time, timedelta

from story import cast, companies, words
from story.events import Deal, Message, Planned
from story.life import Life, Setting

CHANNELS = {channel.key: channel for channel in cast.CHANNELS}
COUNTRY = companies.COUNTRY_BY_CODE


def deals(today, rng):
    """Seven deals, the same circumstances on whatever day."""
    teller = _Teller(today, rng)
    return [
        teller.hungarian(),
        teller.free_mailbox(),
        teller.demo_request(),
        teller.later(),
        teller.too_expensive(),
        teller.reseller(1, Planned(today + timedelta(days=3), "call", words.CALL), days=25),
        teller.reseller(2, Planned(today + timedelta(days=1), "todo", words.QUOTE), days=40),
    ]


class _Teller:
    """Makes the deals, each at its own distance from today."""

    def __init__(self, today, rng):
        self.today = today
        self.rng = rng
        self.midnight = datetime.combine(today, time.min)

    def ago(self, days):
        return self.midnight - timedelta(days=days) + timedelta(hours=9)

    def company(self, *args, **kwargs):
        return companies.invent(self.rng, *args, **kwargs)

    def made(self, key, setting, events=(), **more):
        """What life makes of a setting, and what this deal has besides."""
        life = Life(self.rng, setting).until(self.midnight)
        deal = {
            "key": key,
            "name": _title(setting),
            "company": setting.company,
            "channel": setting.channel,
            "product": setting.product,
            "revenue": setting.revenue,
            "created": life.created,
            "assigned": life.assigned,
            "converted": life.converted,
            "closed": life.closed,
            "kind": "opportunity" if life.converted else "lead",
            "outcome": setting.outcome,
            "depth": life.depth,
            "quick": setting.quick,
            "brochure": setting.brochure,
            "reason": setting.reason,
        }
        return Deal(**{**deal, **more}, events=(*life.events, *events))

    def hungarian(self):
        return self.made(
            *_hungarian(self.company, self.ago),
            team="small_business",
            owner="own",
            priority=3,
            tags=("Brochure",),
            deadline=self.today + timedelta(days=12),
            events=(Planned(self.today, "todo", words.QUOTE),),
        )

    def free_mailbox(self):
        return self.made(*_free_mailbox(self.company, self.ago), team="", owner="")

    def demo_request(self):
        return self.made(
            *_demo_request(self.company, self.ago),
            team="enterprise",
            owner="all",
            priority=2,
            tags=("Demo wanted",),
            events=(Planned(self.today, "call", words.CALL_FOR_DEMO),),
        )

    def later(self):
        return self.made(
            *_later(self.company, self.ago),
            team="small_business",
            owner="own",
            deadline=self.today + timedelta(days=210),
            events=(
                Message(
                    self.ago(6),
                    "customer",
                    "Re: Shift planner",
                    "Not this half-year, I am afraid: our move comes first. Do ask again in six months.",
                ),
                Planned(self.today + timedelta(days=182), "call", "Not this half-year: call again"),
            ),
        )

    def too_expensive(self):
        return self.made(
            *_too_expensive(self.company, self.ago),
            team="enterprise",
            owner="all",
            deadline=self.today - timedelta(days=20),
        )

    def reseller(self, number, planned, days):
        return self.made(
            *_reseller(self.company, self.ago, number),
            team="partners",
            owner="petra",
            reseller=True,
            priority=number,
            deadline=self.today + timedelta(days=days),
            events=(planned,),
        )


def _hungarian(company, ago):
    """Mid-size, downloaded the brochure, answers within hours: all that promises a deal."""
    paper_otter = company("Paper Otter", country=COUNTRY["HU"], industry="Manufacturing", employees=120)
    return "hungarian", Setting(
        paper_otter,
        CHANNELS["ads"],
        "Stock planner",
        12_900,
        ago(15),
        quick=True,
        brochure=True,
        pace=0.5,
        outcome="open",
        stop="show",
    )


def _free_mailbox(company, ago):
    nobody = company("Paper Snail", country=COUNTRY["US"], free_mailbox=True, employees=1)
    return "free_mailbox", Setting(
        nobody,
        CHANNELS["website"],
        "Planning board",
        0,
        ago(75),
        outcome="open",
        stop="enquiry",
        opening="{hello} what does it cost?",
    )


def _demo_request(company, ago):
    camel = company("Paper Camel", country=COUNTRY["MN"], industry="Transportation/Logistics", employees=310)
    return "demo_request", Setting(
        camel,
        CHANNELS["linkedin"],
        "Route planner",
        21_000,
        ago(4),
        outcome="open",
        stop="assignment",
        opening="{hello} we are {people} in {city} and would like to try the {product} ourselves. May we have a demo?",
    )


def _later(company, ago):
    crane = company("Paper Crane", country=COUNTRY["ES"], industry="Health/Social", employees=45)
    return "not_this_half_year", Setting(
        crane,
        CHANNELS["newsletter"],
        "Shift planner",
        4_200,
        ago(30),
        quick=True,
        pace=0.5,
        outcome="open",
        stop="call",
    )


def _too_expensive(company, ago):
    bison = company("Paper Bison", country=COUNTRY["US"], industry="Wholesale/Retail", employees=900)
    return "too_expensive", Setting(
        bison,
        CHANNELS["fair"],
        "Multi-site planner",
        48_000,
        ago(80),
        pace=0.8,
        outcome="lost",
        reason="Too expensive",
        stop="bargain",
    )


def _reseller(company, ago, number):
    name, country, industry, stop = {
        1: ("Paper Llama", "VN", "Food/Hospitality", "qualification"),
        2: ("Paper Lynx", "BR", "Construction", "show"),
    }[number]
    customer = company(name, country=COUNTRY[country], industry=industry, employees=30 * number)
    return f"reseller_{number}", Setting(
        customer,
        CHANNELS["referral"],
        "Planning board",
        3_600 * number,
        ago(20),
        pace=0.5,
        outcome="open",
        stop=stop,
    )


def _title(setting):
    return f"{setting.product} for {' '.join(setting.company.name.split()[:2])}"
