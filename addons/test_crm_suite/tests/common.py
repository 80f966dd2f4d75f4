from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user


class SuiteCase(HttpCase):
    """One small sales force that all tests share; nothing of it comes from demo data.

    Small Business (leads are qualified first, alias hello@) ......... led by Lena
        Otto   sees his own documents
    Enterprise (straight to opportunities, a stage "Tender" of its own) led by Lena
        Erik   sees his own documents

    Lena   sees all documents
    Mara   manages sales
    Rita   portal user of the reseller Rondo Resale (graded)
    Paul   portal user of the reseller Pacific Partners (graded), a competitor
    """

    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        # a database that is in use has teams already: nobody's default team may win over ours
        cls.env["crm.team"].search([]).sequence = 1000
        cls._make_people()
        cls._make_teams()
        cls._make_resellers()

    @classmethod
    def _make_people(cls):
        own, everything, manager = (
            f"sales_team.group_sale_{name}" for name in ("salesman", "salesman_all_leads", "manager")
        )
        cls.otto = cls._make_user("suite_otto", "Otto Own", own)
        cls.erik = cls._make_user("suite_erik", "Erik Enterprise", own)
        cls.lena = cls._make_user("suite_lena", "Lena Leader", everything)
        cls.mara = cls._make_user("suite_mara", "Mara Manager", manager)
        cls.env.ref("base.group_user").implied_ids += cls.env.ref("crm.group_use_lead")

    @classmethod
    def _make_user(cls, login, name, groups, **values):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            name=name,
            email=f"{login}@example.com",
            tz="UTC",
            **values,
        )

    @classmethod
    def _make_teams(cls):
        cls.alias_domain = cls.env.company.alias_domain_id or cls.env["mail.alias.domain"].create(
            {
                "name": "suite.example.com",
            }
        )
        cls.env.company.alias_domain_id = cls.alias_domain
        cls.small_business, cls.enterprise = cls.env["crm.team"].create(
            [
                {
                    "name": "Small Business",
                    "sequence": 1,
                    "user_id": cls.lena.id,
                    "use_leads": True,
                    "member_ids": [Command.set(cls.otto.ids)],
                    "alias_name": "hello",
                    "alias_domain_id": cls.alias_domain.id,
                },
                {
                    "name": "Enterprise",
                    "sequence": 2,
                    "user_id": cls.lena.id,
                    "use_leads": False,
                    "member_ids": [Command.set(cls.erik.ids)],
                },
            ]
        )
        cls.stage_new, cls.stage_qualified, cls.stage_proposition, cls.stage_won = (
            cls.env.ref(f"crm.stage_lead{number}") for number in range(1, 5)
        )
        cls.stage_tender = cls.env["crm.stage"].create(
            {
                "name": "Tender",
                "sequence": 2,
                "team_ids": [Command.set(cls.enterprise.ids)],
            }
        )

    @classmethod
    def _make_resellers(cls):
        grade = cls.env["res.partner.grade"].create(
            {
                "name": "Suite Silver",
                "partner_weight": 1,
                "website_published": True,
            }
        )
        cls.rondo, cls.pacific = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "grade_id": grade.id, "user_id": cls.lena.id}
                for name in ("Rondo Resale", "Pacific Partners")
            ]
        )
        cls.rita = cls._make_user("suite_rita", "Rita Reseller", "base.group_portal")
        cls.paul = cls._make_user("suite_paul", "Paul Pacific", "base.group_portal")
        cls.rita.partner_id.parent_id = cls.rondo
        cls.paul.partner_id.parent_id = cls.pacific

    @classmethod
    def _make_opportunity(cls, name, user, **values):
        return cls.env["crm.lead"].create({"name": name, "type": "opportunity", "user_id": user.id, **values})

    @classmethod
    def _make_lead(cls, name, user=None, **values):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "lead",
                "user_id": user.id if user else False,
                "team_id": cls.small_business.id,
                **values,
            }
        )
