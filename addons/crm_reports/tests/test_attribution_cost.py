from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attribution_common import AttributionCase

FIGURES = ["cost:sum", "leads:sum", "won_deals:sum", "amount_linear:sum", "return_linear:sum"]


@tagged("post_install", "-at_install")
class TestCampaignReturn(AttributionCase):
    """What campaigns cost, what they brought, and one by the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what the database holds of campaigns is another history
        cls.env.cr.execute("UPDATE crm_lead SET campaign_id = NULL")
        cls.env.invalidate_all()
        cls.Return = cls.env["crm.campaign.return"]
        cls.Cost = cls.env["crm.campaign.cost"]
        cls.autumn = cls.env["utm.campaign"].create({"title": "Autumn"})

    def spend(self, amount, first, last, campaign=None, **values):
        return self.Cost.create(
            {
                "campaign_id": (campaign or self.spring).id,
                "amount": amount,
                "date_from": first,
                "date_to": last,
                **values,
            }
        )

    def figures(self, campaign, domain=(), name="mona"):
        """Cost, leads, won deals, money and return of a campaign."""
        self.env.flush_all()
        rows = self.Return.with_user(self.users[name])._read_group(
            [("campaign_id", "=", campaign.id), *domain], ["campaign_id"], FIGURES
        )
        return rows[0][1:] if rows else None

    def test_cost_and_return(self):
        """Two leads of a campaign, one of them won for 300 at a cost of 100: three times the money."""
        for lead in (self.lead, self.leads["north_otto"]):
            lead.campaign_id = self.spring
        self.win(self.lead, 300)
        self.follow()
        self.spend(100, "2026-01-01", "2026-01-10")
        self.assertEqual(self.figures(self.spring), (100, 2, 1, 300, 3))

    def test_deal_counts_once(self):
        """A deal that a campaign touched twice is one won deal."""
        self.lead.campaign_id = self.spring
        self.born(self.lead, 0)
        self.touch(self.lead, 1)
        self.patch(
            type(self.Event),
            "_attribution_touch_utm",
            lambda _self, rows: {row["id"]: (None, None, self.spring.id) for row in rows},
        )
        self.win(self.lead, 300)
        self.follow()
        self.assertEqual(len(self.shares(self.lead)), 2)
        self.assertEqual(self.figures(self.spring), (False, 1, 1, 300, False))

    def test_no_cost_no_return(self):
        """A campaign without cost, or with a cost of nothing, shows no return; one without money returns nothing."""
        self.lead.campaign_id = self.spring
        self.win(self.lead, 300)
        self.follow()
        self.assertEqual(self.figures(self.spring), (False, 1, 1, 300, False))
        self.spend(0, "2026-01-01", "2026-01-10")
        self.assertEqual(self.figures(self.spring), (0, 1, 1, 300, False))
        self.spend(10, "2026-01-01", "2026-01-01", self.autumn)
        self.assertEqual(self.figures(self.autumn)[0], 10)
        self.assertFalse(self.figures(self.autumn)[4])

    def test_cost_in_a_period(self):
        """A cost is spread over its days in cents: a period has its part, and the parts sum to the cost."""
        self.spend(100, "2026-01-30", "2026-02-01")
        january = self.figures(self.spring, [("date", "<", "2026-02-01")])[0]
        february = self.figures(self.spring, [("date", ">=", "2026-02-01")])[0]
        self.assertEqual((january, february), (66.67, 33.33))
        self.assertEqual(self.figures(self.spring)[0], 100)
        days = self.Return._read_group([], ["date:day"], ["cost:sum"])
        self.assertEqual(
            [day for day in days if day[1]],
            [(date(2026, 1, 30), 33.33), (date(2026, 1, 31), 33.34), (date(2026, 2, 1), 33.33)],
        )

    def test_ids_are_one_row_each(self):
        """Rows of the three kinds never share an id."""
        self.lead.campaign_id = self.spring
        self.win(self.lead, 300)
        self.follow()
        self.spend(100, "2026-01-01", "2026-12-31")
        rows = self.Return.search([])
        self.assertEqual(len(rows), len(set(rows.ids)))
        self.assertEqual(len(rows), 367)
        self.assertEqual(rows.filtered("lead_id")[0].action_open_lead()["res_id"], self.lead.id)

    def test_days_of_the_reader(self):
        """A deal won late in the evening is of the next day where the reader lives."""
        self.lead.campaign_id = self.spring
        self.win(self.lead, 300)
        self.lead.date_closed = "2026-01-31 23:30:00"
        self.follow()
        budapest = self.Return.with_context(tz="Europe/Budapest").search([("won_deals", "=", 1)])
        self.assertEqual(budapest.date, date(2026, 2, 1))
        self.env.invalidate_all()
        self.assertEqual(self.Return.with_context(tz="UTC").search([("won_deals", "=", 1)]).date, date(2026, 1, 31))

    def test_rights(self):
        """Costs are the managers', each of his companies; leads in the report are those that he may see."""
        theirs = self.spend(100, "2026-01-01", "2026-01-01", company_id=self.company_b.id)
        self.leads["far_fred"].campaign_id = self.spring
        self.assertIsNone(self.figures(self.spring))
        with self.assertRaises(AccessError):
            theirs.with_user(self.users["mona"]).read(["amount"])
        for name in ("olga", "lena", "aldo", "petra"):
            for model in ("crm.campaign.return", "crm.campaign.cost"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[name]).search([])
        mona = self.users["mona"]
        mona.company_ids = [Command.link(self.company_b.id)]
        both = self.Return.with_user(mona).with_context(allowed_company_ids=[self.company_a.id, self.company_b.id])
        self.assertEqual(both._read_group([], [], FIGURES)[0][:2], (100, 1))

    def test_impossible_costs(self):
        """A cost less than nothing, one that ends before it begins, one of more than ten years are refused."""
        with mute_logger("odoo.sql_db"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.spend(-1, "2026-01-01", "2026-01-01")
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.spend(1, "2026-01-02", "2026-01-01")
        with self.assertRaises(ValidationError):
            self.spend(1, "2026-01-01", "2046-01-01")

    def test_import(self):
        """A CSV file with campaign, days and cost comes in by Odoo's own import."""
        importing = self.env["base_import.import"].create(
            {
                "res_model": "crm.campaign.cost",
                "file": b"Campaign,From,To,Cost,Note\nSpring,2026-01-01,2026-01-31,1234.50,Ads\n"
                b"Autumn,2026-02-01,2026-02-28,99,\n",
                "file_type": "text/csv",
                "file_name": "costs.csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True, "date_format": "%Y-%m-%d"}
        options |= {"float_decimal_separator": ".", "float_thousand_separator": ","}
        preview = importing.parse_preview(options)
        names = [preview["matches"][place][0] for place in range(5)]
        self.assertEqual(names, ["campaign_id", "date_from", "date_to", "amount", "note"])
        result = importing.execute_import(names, preview["headers"], preview["options"])
        self.assertFalse(result["messages"])
        self.assertRecordValues(
            self.Cost.browse(result["ids"]),
            [
                {"campaign_id": self.spring.id, "date_to": date(2026, 1, 31), "amount": 1234.5, "note": "Ads"},
                {"campaign_id": self.autumn.id, "date_to": date(2026, 2, 28), "amount": 99, "note": False},
            ],
        )
