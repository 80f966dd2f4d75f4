import random
from decimal import Decimal
from fractions import Fraction

from odoo.tests import tagged

from ..attribution.methods import METHODS
from .attribution_common import FIRST_DAY, AttributionCase

DAY = 86_400


@tagged("post_install", "-at_install")
class TestAttributionSums(AttributionCase):
    """The parts of each deal against a count of its own, in plain Python."""

    def test_random_deals(self):
        """Random touches and amounts, negative, none and huge, in currencies with 0, 2 and 3 decimals: each part is
        within one unit of the exact one, and all of them sum to the money won."""
        chance, told = random.Random(7), {}
        for digits, currency in ((0, "JPY"), (2, "EUR"), (3, "KWD")):
            company = self.company_of(currency)
            for amount in (0, 0.01, 1, -77.77, 1234.567, 99_999_999_999.99, 10**15, *chance.sample(range(10**6), 8)):
                lead = self.make(company, chance, round(amount, digits))
                told[lead] = (digits, self.tell(lead, chance))
        self.env.flush_all()
        self.follow()
        for lead, (digits, touches) in told.items():
            with self.subTest(lead=lead.name, touches=len(touches)):
                self.check(lead, digits, touches)

    def company_of(self, name):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        return self.env["res.company"].create({"name": f"In {name}", "currency_id": currency.id})

    def make(self, company, chance, amount):
        lead = self.env["crm.lead"].create(
            {
                "name": f"{amount} {company.name}",
                "type": "opportunity",
                "company_id": company.id,
                "team_id": False,
                "user_id": False,
                "source_id": chance.choice([False, self.ad.id]),
                "medium_id": chance.choice([False, self.medium.id]),
            }
        )
        self.win(lead, amount, day=40)
        self.born(lead, chance.randrange(20))
        lead.date_conversion = self.day(20 + chance.randrange(10))
        return lead

    def tell(self, lead, chance):
        """Touches at odd hours, some of them after the deal; the days of those that count."""
        days = [number + 0.25 for number in chance.sample(range(-5, 50), chance.randrange(7))]
        self.touch(lead, *days)
        return sorted(day for day in days if day <= 40)

    def check(self, lead, digits, days):
        """`days` of the customer's own touches; the arrival of a lead with UTM stands among them."""
        born = (lead.create_date - FIRST_DAY).total_seconds() / DAY
        converted = (lead.date_conversion - FIRST_DAY).total_seconds() / DAY
        arrives = bool(lead.source_id or lead.medium_id)
        places = [(day, False) for day in days] + ([(born, bool(lead.source_id))] if arrives else [])
        places = sorted(places) or [(born, False)]
        shares = self.shares(lead)
        self.assertEqual(len(shares), len(places))
        self.assertEqual([bool(share.source_id) for share in shares], [known for _day, known in places])
        self.env.cr.execute("SELECT expected_revenue::text FROM crm_lead WHERE id = %s", [lead.id])
        amount = Decimal(self.env.cr.fetchone()[0])
        self.assertEqual([Decimal(total) for total in self.sums(lead)], [amount] * 7)
        unit = Fraction(1, 10**digits)
        for method in METHODS:
            for share, weight in zip(shares, self.exact(method, places, born, converted), strict=True):
                self.env.cr.execute(
                    f"SELECT amount_{method}::text FROM crm_attribution_share WHERE id = %s", [share.id]
                )
                part = Fraction(self.env.cr.fetchone()[0])
                inexact = abs(Fraction(amount)) / 10**14 if method == "decay" else 0  # powers here are floats
                self.assertLess(abs(part - Fraction(amount) * weight), unit + inexact, method)
                self.assertEqual(part % unit, 0)
                self.assertGreaterEqual(part * Fraction(amount), 0)

    def exact(self, method, places, born, converted):
        """What part of the deal each touch has, as fractions."""
        count, days = len(places), [day for day, _known in places]
        keys = dict.fromkeys(range(count), Fraction(0))
        until = lambda limit: max([place for place, day in enumerate(days) if day <= limit], default=0)  # noqa: E731
        if method == "linear":
            return [Fraction(1, count)] * count
        if method == "decay":
            weights = [Fraction(0.5 ** ((days[-1] - day) / 7)) for day in days]
            return [weight / sum(weights) for weight in weights]
        if method == "last_known":
            named = {max((place for place in range(count) if places[place][1]), default=count - 1): 100}
        elif method == "u":
            named, rest = [(0, 40), (count - 1, 40)], 20
        elif method == "w":
            named, rest = [(0, 30), (until(born), 30), (until(converted), 30)], 10
        else:
            named = {0 if method == "first" else count - 1: 100}
        if isinstance(named, dict):
            return [Fraction(named.get(place, 0), 100) for place in range(count)]
        for place, per_cent in named:
            keys[place] += per_cent
        others = [place for place in range(count) if not keys[place]]
        for place in others:
            keys[place] = Fraction(rest, len(others))
        total = sum(keys.values())
        return [keys[place] / total for place in range(count)]

    def test_finer_than_the_currency(self):
        """A lead of no company keeps the decimals it was given: its parts sum to them."""
        lead = self.leads["nobody"]
        self.touch(lead, 1, 2, 3)
        self.win(lead, 10)
        self.env.cr.execute("UPDATE crm_lead SET expected_revenue = 10.00001 WHERE id = %s", [lead.id])
        self.follow()
        self.assertEqual(self.sums(lead), ["10.00001"] * 7)
        self.assertEqual(self.shares(lead).currency_id, self.Share._main_company().currency_id)

    def test_no_query_per_deal(self):
        """Sharing out a hundred deals takes as many queries as one."""
        leads = self.env["crm.lead"].create([{"name": f"Deal {number}"} for number in range(100)])
        leads.write({"expected_revenue": 10, "stage_id": self.won_stage.id})
        for lead in leads:
            self.touch(lead, 1, 2)
        self.Event._flush()
        self.Share._share_out(leads[:1].ids)
        counts = []
        for some in (leads[:1], leads):
            before = self.cr.sql_log_count
            self.Share._share_out(some.ids)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(len(self.shares(leads)), 200)

    def test_currencies_together(self):
        """A pivot over companies of two currencies says so and converts; with one currency it need not."""
        self.win(self.lead, 100)
        self.follow()
        asked = ["amount_linear:sum", "amount_linear:sum_currency", "currency_id:array_agg_distinct"]
        own = self.env.company.currency_id
        self.env["res.company"].search([]).write({"currency_id": own.id})
        self.assertEqual(self.Share._read_group([], [], asked), [(100, 100, [own.id])])
        self.assertEqual(self.Share._read_group([("id", "=", 0)], [], asked)[0][2], [])
        other = self.company_of("KWD")
        self.env["res.currency.rate"].create(
            [
                {"currency_id": own.id, "rate": 1, "name": "2020-01-01"},
                {"currency_id": other.currency_id.id, "rate": 0.5, "name": "2020-01-01"},
            ]
        )
        lead = self.leads["nobody"]
        lead.company_id = other
        self.win(lead, 7)
        self.follow()
        total, converted, currencies = self.Share._read_group([], [], asked)[0]
        self.assertEqual((total, converted), (107, 114))
        self.assertEqual(sorted(currencies), sorted((own + other.currency_id).ids))

    def test_money_counted_otherwise(self):
        """A bridge counts the money won by its own amounts: those are shared out."""
        self.touch(self.lead, 1, 2, 3)
        self.win(self.lead, 100)
        self.patch(type(self.Share), "_attribution_amounts", lambda _self, leads: dict.fromkeys(leads._ids, 50.0))
        self.follow()
        self.assertEqual({Decimal(total) for total in self.sums(self.lead)}, {Decimal("50.00")})
