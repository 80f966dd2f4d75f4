from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestCompanyProfile(CrmCoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.industry, cls.other = cls.env["res.partner.industry"].create([{"name": "Baking"}, {"name": "Mining"}])
        cls.bakery = cls.env["res.partner"].create(
            {
                "name": "Bakery",
                "is_company": True,
                "website": "https://www.bakery.example.com/shop",
                "industry_id": cls.industry.id,
                "company_size": "10_49",
            }
        )
        cls.anna = cls.env["res.partner"].create(
            {
                "name": "Anna",
                "parent_id": cls.bakery.id,
                "email": "anna@gmail.com",
            }
        )

    def _lead(self, **vals):
        return self.env["crm.lead"].create({"name": "lead", **vals})

    def test_from_the_contact(self):
        """A lead of a contact has the industry, employees and domain of the contact's company."""
        self.assertRecordValues(
            self._lead(partner_id=self.anna.id),
            [
                {
                    "industry_id": self.industry.id,
                    "company_size": "10_49",
                    "company_domain": "bakery.example.com",
                }
            ],
        )

    def test_typed(self):
        """Without contact they are typed, and a contact that knows nothing leaves them alone."""
        lead = self._lead(industry_id=self.other.id, company_size="2_9", company_domain="typed.example.com")
        lead.partner_id = self.env["res.partner"].create({"name": "Nobody"})
        self.assertRecordValues(
            lead,
            [
                {
                    "industry_id": self.other.id,
                    "company_size": "2_9",
                    "company_domain": "typed.example.com",
                }
            ],
        )

    def test_domain(self):
        """The domain comes from website or e-mail; public mailboxes and nonsense give none."""
        for vals, expected in (
            ({"website": "shop.example.com"}, "shop.example.com"),
            ({"website": "http://www.example.com:8080/a?b"}, "example.com"),
            ({"email_from": "Bob <bob@works.example.com>"}, "works.example.com"),
            ({"email_from": "bob@gmail.com"}, False),
            ({"email_from": "no address"}, False),
            ({"website": "localhost"}, False),
            ({}, False),
        ):
            with self.subTest(**vals):
                self.assertEqual(self._lead(**vals).company_domain, expected)
        self.assertFalse(self.env["crm.lead"]._domain_of_website("http://[broken"))

    def test_usable_in_filters(self):
        """Team and member filters may use the fields (they are stored)."""
        self._lead(partner_id=self.anna.id)
        self.north.assignment_domain = "[('industry_id.name', '=', 'Baking'), ('company_size', '=', '10_49')]"
        self.north.crm_team_member_ids[0].assignment_domain = "[('company_domain', '=like', '%.example.com')]"
        self.assertTrue(self.env["crm.lead"].search_count([("industry_id", "=", self.industry.id)]))

    def test_job_fills_earlier_leads(self):
        """The button lets a job fill leads that were there before, without touching `write_date` or typed values."""
        early, typed, bare = self._lead(partner_id=self.anna.id), self._lead(company_size="1"), self._lead()
        typed.partner_id = self.anna
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET industry_id = NULL, company_size = NULL, company_domain = NULL,"
            " write_date = '2020-01-01' WHERE id = %s",
            (early.id,),
        )
        self.env.cr.execute(
            "UPDATE crm_lead SET industry_id = NULL, company_size = '1', company_domain = NULL WHERE id = %s",
            (typed.id,),
        )
        self.env.invalidate_all()
        self.env["res.config.settings"].create({}).action_fill_company_profiles()
        cron = self.env.ref("crm_core.ir_cron_fill_company_profile")
        self.assertTrue(cron.active)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertRecordValues(
            early,
            [
                {
                    "industry_id": self.industry.id,
                    "company_size": "10_49",
                    "company_domain": "bakery.example.com",
                }
            ],
        )
        self.assertEqual(str(early.write_date), "2020-01-01 00:00:00")
        self.assertEqual((typed.company_size, typed.industry_id.id), ("1", False))
        self.assertFalse(bare.company_domain)

    def test_merge_keeps_them(self):
        """Merging two leads keeps what either knew."""
        one, two = self._lead(company_size="50_249"), self._lead(industry_id=self.industry.id)
        merged = (one | two).merge_opportunity()
        self.assertRecordValues(merged, [{"company_size": "50_249", "industry_id": self.industry.id}])

    def test_new_customer_gets_them(self):
        """A customer made from the lead is a company of that industry and size."""
        lead = self._lead(
            partner_name="New Bakery", contact_name="Bea", industry_id=self.industry.id, company_size="2_9"
        )
        company = lead._create_customer().commercial_partner_id
        self.assertRecordValues(company, [{"is_company": True, "industry_id": self.industry.id, "company_size": "2_9"}])

    def test_no_query_per_lead(self):
        """Finding the company data of a hundred leads takes as many queries as of one."""
        partners = self.env["res.partner"].create(
            [{"name": f"Company {n}", "is_company": True, "website": f"{n}.example.com"} for n in range(100)]
        )
        leads = self.env["crm.lead"].create([{"name": "many", "partner_id": partner.id} for partner in partners])

        def queries(chosen):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = [lead._find_company_domain() for lead in chosen]
            self.assertEqual(len(set(found)), len(chosen))
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(leads), queries(leads[:1]))
