from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

OWN = "sales_team.group_sale_salesman"
TEAM = "crm_core.group_sale_salesman_team"
ALL = "sales_team.group_sale_salesman_all_leads"
MANAGER = "sales_team.group_sale_manager"


class CrmCoreCase(TransactionCase):
    """One small world for all tests of this addon.

        company A (main)                       company B
        ├─ team North: leader Lena (TEAM)      └─ team Far: member Fred (OWN)
        │   └─ members Olga (OWN), Otto (OWN)
        ├─ team South: member Sara (OWN)
        ├─ Aldo (ALL), Mona (MANAGER)
        └─ Petra (portal), public

    Each lead is named after whose it is: `north_olga`, `south_sara`, `far_fred`, and
    `north_nobody`, `south_nobody`, `nobody` (no team, no owner, no company).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company_a = cls.env.ref("base.main_company")
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.users = {
            name: new_test_user(
                cls.env,
                login=f"core_{name}",
                name=name.capitalize(),
                groups=groups,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for name, groups, company in (
                ("olga", OWN, cls.company_a),
                ("otto", OWN, cls.company_a),
                ("sara", OWN, cls.company_a),
                ("lena", TEAM, cls.company_a),
                ("aldo", ALL, cls.company_a),
                ("mona", MANAGER, cls.company_a),
                ("fred", OWN, cls.company_b),
                ("petra", "base.group_portal", cls.company_a),
            )
        }
        cls.north = cls._make_team("North", cls.company_a, "lena", ["olga", "otto"])
        cls.south = cls._make_team("South", cls.company_a, None, ["sara"])
        cls.far = cls._make_team("Far", cls.company_b, None, ["fred"])
        cls.leads = {
            name: cls.env["crm.lead"].create(
                {
                    "name": name,
                    "type": "opportunity",
                    "team_id": team.id,
                    "user_id": user and user.id,
                    "company_id": team.company_id.id,
                }
            )
            for name, team, user in (
                ("north_olga", cls.north, cls.users["olga"]),
                ("north_otto", cls.north, cls.users["otto"]),
                ("north_nobody", cls.north, False),
                ("south_sara", cls.south, cls.users["sara"]),
                ("south_nobody", cls.south, False),
                ("far_fred", cls.far, cls.users["fred"]),
                ("far_nobody", cls.far, False),
                ("nobody", cls.env["crm.team"], False),
            )
        }

    @classmethod
    def _make_team(cls, name, company, leader, members):
        team = cls.env["crm.team"].create(
            {
                "name": name,
                "company_id": company.id,
                "user_id": leader and cls.users[leader].id,
            }
        )
        cls.env["crm.team.member"].create(
            [{"crm_team_id": team.id, "user_id": cls.users[member].id} for member in members]
        )
        return team

    def seen_by(self, name, model="crm.lead", field="name"):
        """Names of this world's leads that the person sees."""
        records = self.env[model].with_user(self.users[name]).search([("name", "in", list(self.leads))])
        return set(records.mapped(field))
