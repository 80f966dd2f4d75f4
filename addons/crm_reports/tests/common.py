import random
from datetime import datetime, timedelta

from odoo.tests import TransactionCase, new_test_user

NOW = datetime(2026, 3, 16, 10)
OWN = "sales_team.group_sale_salesman"
ALL = "sales_team.group_sale_salesman_all_leads"
MANAGER = "sales_team.group_sale_manager"


class ReportCase(TransactionCase):
    """A hundred and twenty leads of two teams and three salespeople: won, lost, open, archived, with and
    without amounts, dates, sources and owners, drawn once from a seed; the database's other leads are away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.env.cr.execute("DELETE FROM crm_lead")
        cls.env.invalidate_all()
        cls.company = cls.env.ref("base.main_company")
        cls.users = [
            new_test_user(cls.env, login=f"report_{name}", groups=groups, company_id=cls.company.id)
            for name, groups in (("olga", OWN), ("otto", OWN), ("aldo", ALL), ("mona", MANAGER))
        ]
        cls.teams = cls.env["crm.team"].create([{"name": "North"}, {"name": "South"}])
        cls.sources = cls.env["utm.source"].create([{"name": "Fair"}, {"name": "Search"}])
        cls.countries = [cls.env.ref(name) for name in ("base.hu", "base.br")]
        cls.reasons = cls.env["crm.lost.reason"].create([{"name": "Price"}, {"name": "Time"}])
        cls.stages = cls.env["crm.stage"].search([("is_won", "=", False)], order="sequence, id")
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.tags = cls.env["crm.tag"].create([{"name": "Report A"}, {"name": "Report B"}])
        cls.leads = cls._make_leads(120, random.Random(6))

    @classmethod
    def _make_leads(cls, count, chance):
        def some(choices):
            return chance.choice([False, *choices]) if chance.random() < 0.3 else chance.choice(list(choices))

        leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": chance.choice(["lead", "opportunity", "opportunity"]),
                    "user_id": some(cls.users[:3]) and chance.choice(cls.users[:3]).id,
                    "team_id": chance.choice(cls.teams).id,
                    "stage_id": chance.choice(cls.stages).id,
                    "source_id": (source := some(cls.sources)) and source.id,
                    "country_id": (country := some(cls.countries)) and country.id,
                    "expected_revenue": chance.choice([0, 900, 1_000, 12_345.67, 250_000, -40]),
                    "recurring_revenue": chance.choice([0, 0, 120]),
                    "date_deadline": some([NOW.date() + timedelta(chance.randint(-90, 90))]),
                    "tag_ids": [(6, 0, chance.sample(cls.tags.ids, chance.randint(0, 2)))],
                    "company_size": some(
                        [key for key, _label in cls.env["crm.lead"]._fields["company_size"].selection]
                    ),
                    "probability": chance.choice([3, 20, 45, 60, 99]),
                }
                for number in range(count)
            ]
        )
        cls.env.flush_all()
        for lead in leads:
            end = chance.random()
            created = NOW - timedelta(
                days=chance.choice([chance.randint(1, 14), *[chance.randint(15, 1800)] * 4]),
                hours=chance.randint(0, 23),
            )
            if end < 0.3:
                lead.write({"stage_id": cls.won_stage.id})
            elif end < 0.6:
                lead.action_set_lost(lost_reason_id=some(cls.reasons) and chance.choice(cls.reasons).id)
            elif end < 0.65:
                lead.active = False
            cls.env.flush_all()
            closed = created + (NOW - created) * chance.random()
            cls.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s, date_closed = CASE WHEN date_closed IS NULL THEN NULL"
                " ELSE %s END, date_conversion = %s WHERE id = %s",
                [created, closed, chance.choice([None, created]), lead.id],
            )
        cls.env.invalidate_all()
        return leads
