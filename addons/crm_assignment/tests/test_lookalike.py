from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.crm.models.crm_lead import CrmLead as OdooLead

from ..allocation.lookalike import company_name_sql
from ..models.res_config_settings import LOOKALIKES


class LookalikeCase(TransactionCase):
    """Leads of one company, made with what a test needs of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env.company.country_id = cls.env.ref("base.us")
        cls.Lead = cls.env["crm.lead"]
        cls.env["ir.config_parameter"].set_param("crm_assignment.lookalikes_marked", True)

    def _lead(self, name="lead", **values):
        return self.Lead.create({"name": name, "type": "opportunity", "user_id": False, **values})

    def _switch(self, on):
        self.env["ir.config_parameter"].set_param(LOOKALIKES, on)
        self.Lead.invalidate_model(["duplicate_lead_ids", "duplicate_lead_count"])


@tagged("post_install", "-at_install")
class TestLookalikes(LookalikeCase):
    """Which open leads look like which, and by what."""

    def _assert_alike(self, one, other, by):
        self.assertEqual(
            (one | other)._lookalikes_of(),
            {one.id: [(other.id, by)] if by else [], other.id: [(one.id, by)] if by else []},
        )

    def test_email(self):
        """The same address, however it is written; an address at a public mailbox too."""
        one = self._lead(email_from="Ann <ANN@kiwi-mill.test>")
        self._assert_alike(one, self._lead(email_from="ann@kiwi-mill.test"), "email")
        public = self._lead(email_from="ann@gmail.com")
        self._assert_alike(public, self._lead(email_from="Ann@Gmail.com"), "email")

    def test_phone(self):
        """The same number, however it is written."""
        self._assert_alike(self._lead(phone="+1 202 555 0199"), self._lead(phone="(202) 555-0199"), "phone")

    def test_customer(self):
        """Contacts of one company are one customer."""
        company = self.env["res.partner"].create({"name": "Kiwi", "is_company": True})
        contacts = self.env["res.partner"].create([{"name": name, "parent_id": company.id} for name in ("Ann", "Bob")])
        self._assert_alike(self._lead(partner_id=contacts[0].id), self._lead(partner_id=contacts[1].id), "customer")

    def test_domain(self):
        """The domain of an address is that of a website."""
        one = self._lead(email_from="ann@kiwi-mill.test")
        self._assert_alike(one, self._lead(website="https://www.kiwi-mill.test/about"), "domain")

    def test_public_domains(self):
        """Public mailboxes and sites where anybody has a page never match by domain, typed in or not."""
        leads = self._lead(email_from="ann@gmail.com") | self._lead(email_from="bob@gmail.com")
        leads |= self._lead(website="https://www.facebook.com/ann") | self._lead(website="https://facebook.com/bob")
        leads |= self._lead(company_domain="gmail.com")
        self.assertFalse(any(leads._lookalikes_of().values()))

    def test_shared_sites(self):
        """Who works for a site where anybody has a page is known by the address, not by such a page."""
        page = self._lead(website="https://www.amazon.com/shop/ann")
        one, other = self._lead(email_from="bob@amazon.com"), self._lead(email_from="eve@amazon.com")
        self._assert_alike(one, other, "domain")
        self.assertEqual(page._lookalikes_of(), {page.id: []})

    def test_company_name(self):
        """Case, accents, punctuation and legal forms do not count; words do."""
        one = self._lead(partner_name="Kiwi Müller & Söhne, Inc.")
        self._assert_alike(one, self._lead(partner_name="KIWI MULLER SOHNE"), "company")
        self.assertFalse(self._lead(partner_name="Kiwi Muller")._lookalikes_of().popitem()[1])

    def test_company_names_compared(self):
        """What is compared of names in many languages; nothing where there is no more than a legal form."""
        same = {
            "societe generale": ("Société Générale S.A.", "SOCIETE GENERALE SA", "Société-Générale"),
            "kovacs": ("Kovács Kft.", "KOVACS KFT", "Kovács Zrt"),
            "strauss sohne": ("Strauß & Söhne GmbH & Co. KG", "Strauss Söhne"),
            "монгол шуудан": ("Монгол Шуудан ХХК", "МОНГОЛ ШУУДАН"),
            "ромашка": ("ООО «Ромашка»", "Ромашка"),
            "acme": ("ACME Ltd.", "Acme Ltda", "Acme Pty. Ltd.", "JSC Acme", "Acme S.A. de C.V.", "Acme, LLC"),
            "zubr": ("Żubr sp. z o.o.", "Zubr"),
            "mcdonalds": ("McDonald's Inc", "McDonald’s"),
            "3m": ("3M Company",),
            "": ("Ltd.", "Co", "—"),
        }
        pairs = [(name, key) for key, names in same.items() for name in names]
        rows = self.env.execute_query(
            SQL("SELECT n, %s FROM unnest(%s) AS n", SQL(company_name_sql("n")), [name for name, _key in pairs])
        )
        self.assertEqual(rows, pairs)

    def test_no_names(self):
        """What people type where a name is asked for makes nobody alike."""
        for name in ("N/A", "-", "Ltd", "test", "X"):
            leads = self._lead(partner_name=name) | self._lead(partner_name=name)
            with self.subTest(name=name):
                self.assertFalse(any(leads._lookalikes_of().values()))

    def test_best_evidence_first(self):
        """One entry for each other lead, by its best evidence, then by id."""
        one = self._lead(email_from="ann@kiwi-mill.test", partner_name="Kiwi Mill", phone="+1 202 555 0199")
        domain = self._lead(email_from="bob@kiwi-mill.test")
        name = self._lead(partner_name="KIWI MILL", website="kiwi-mill.test")
        phone = self._lead(phone="+1 202 555 0199", partner_name="Kiwi Mill")
        email, second = self._lead(email_from="ann@kiwi-mill.test"), self._lead(email_from="ann@kiwi-mill.test")
        self.assertEqual(
            one._lookalikes_of()[one.id],
            [
                (email.id, "email"),
                (second.id, "email"),
                (phone.id, "phone"),
                (name.id, "company"),
                (domain.id, "domain"),
            ],
        )
        self.assertEqual(one._lookalikes_of(keep=2)[one.id], [(email.id, "email"), (second.id, "email")])

    def test_open_only(self):
        """Won, lost and archived ones are no look-alikes, but they have some."""
        one = self._lead(email_from="ann@kiwi-mill.test")
        won, lost, archived = (one.copy({"user_id": False}) for _ in range(3))
        won.action_set_won()
        lost.action_set_lost()
        archived.active = False
        self.assertEqual(one._lookalikes_of(), {one.id: []})
        self.assertEqual(lost._lookalikes_of(), {lost.id: [(one.id, "email")]})

    def test_two_companies(self):
        """Leads of the same company, or where one of the two has none."""
        other_company = self.env["res.company"].create({"name": "Other"})
        here, there, nowhere = (
            self._lead(email_from="ann@kiwi-mill.test", team_id=False, company_id=company)
            for company in (self.env.company.id, other_company.id, False)
        )
        self.assertEqual((here | there | nowhere).company_id, self.env.company | other_company)
        self.assertEqual(
            (here | there | nowhere)._lookalikes_of(),
            {
                here.id: [(nowhere.id, "email")],
                there.id: [(nowhere.id, "email")],
                nowhere.id: [(here.id, "email"), (there.id, "email")],
            },
        )

    def test_many(self):
        """Of many the first are kept; those with better evidence are among them, however late they came."""
        leads = self.Lead.create([{"name": "n", "email_from": f"p{n}@kiwi-mill.test"} for n in range(60)])
        late = self._lead(email_from="p0@kiwi-mill.test")
        found = leads[0]._lookalikes_of()[leads[0].id]
        self.assertEqual(found[0], (late.id, "email"))
        self.assertEqual([other for other, _by in found[1:]], leads[1:50].ids)

    def test_queries(self):
        """Four queries, for one lead as for a hundred."""
        partners = self.env["res.partner"].create([{"name": f"P{n}", "is_company": True} for n in range(100)])
        leads = self.Lead.create(
            [
                {
                    "name": "n",
                    "email_from": f"p{n}@kiwi-mill{n % 7}.test",
                    "phone": f"+1 202 555 01{n:02}",
                    "partner_name": f"Kiwi {n % 9}",
                    "partner_id": partner.id,
                }
                for n, partner in enumerate(partners)
            ]
        )
        for batch in (leads[0], leads):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch._lookalikes_of()
            self.assertEqual(self.env.cr.sql_log_count - before, 4, len(batch))
        self.assertEqual(self.Lead._lookalikes_of(), {})


@tagged("post_install", "-at_install")
class TestSimilarLeads(LookalikeCase):
    """Odoo's own similar leads on the form, with the setting on and off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.many = cls.Lead.create([{"name": "n", "email_from": f"p{n}@kiwi-mill.test"} for n in range(31)])
        cls.one = cls.many[0]

    def test_thirty(self):
        """Thirty look-alikes of one domain are all shown."""
        self._switch(True)
        self.assertEqual(self.one.duplicate_lead_ids, self.many)
        self.assertEqual(self.one.duplicate_lead_count, 30)

    def test_off(self):
        """Off, it is Odoo's own code that answers: more than twenty of a domain are none."""
        self._switch(False)
        self.assertFalse(self.one.duplicate_lead_count)
        self.assertEqual(self.one.duplicate_lead_ids, self.one)
        called = []
        self.patch(OdooLead, "_compute_potential_lead_duplicates", lambda leads: called.append(leads))
        self.one._compute_potential_lead_duplicates()
        self.assertEqual(called, [self.one])
        self._switch(True)
        self.one._compute_potential_lead_duplicates()
        self.assertEqual(called, [self.one])

    def test_cap(self):
        """A hundred are shown, the same address first."""
        self._switch(True)
        self.Lead.create([{"name": "n", "email_from": f"q{n}@kiwi-mill.test"} for n in range(90)])
        late = self._lead(email_from="p0@kiwi-mill.test")
        self.assertEqual(self.one.duplicate_lead_count, 100)
        self.assertIn(late, self.one.duplicate_lead_ids)

    def test_name_and_website(self):
        """Company name and website are compared; won, lost and archived leads are shown as Odoo does."""
        self._switch(True)
        one = self._lead(partner_name="Pear Press Ltd", website="https://pear-press.test")
        name, site = self._lead(partner_name="PEAR PRESS"), self._lead(email_from="ann@pear-press.test")
        name.action_set_lost()
        site.active = False
        self.assertEqual(one.duplicate_lead_ids, one | name | site)

    def test_family(self):
        """Leads of companies below the customer's count too, as Odoo does it."""
        self._switch(True)
        group = self.env["res.partner"].create({"name": "Group", "is_company": True})
        child = self.env["res.partner"].create({"name": "Child", "is_company": True, "parent_id": group.id})
        one, other = self._lead(partner_id=group.id), self._lead(partner_id=child.id)
        self.assertEqual(one.duplicate_lead_ids, one | other)

    def test_not_saved(self):
        """While a lead is typed in, its look-alikes are counted."""
        self._switch(True)
        new = self.Lead.new({"name": "new", "email_from": "p0@kiwi-mill.test"})
        self.assertEqual(new.duplicate_lead_count, 31)
        typed = self.Lead.new({"email_from": "p0@kiwi-mill.test"}, origin=self.one)
        self.assertEqual(typed.duplicate_lead_count, 30)

    def test_queries(self):
        """As many queries for one lead as for thirty."""
        self._switch(True)
        self.assertTrue(self.Lead._lookalikes_are_on())  # read once for all
        counts = []
        for batch in (self.one, self.many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.mapped("duplicate_lead_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestNotTheSame(LookalikeCase):
    """What a person said stays said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.other, cls.third = (cls._lead(cls, email_from="ann@kiwi-mill.test") for _place in range(3))
        cls.other.lookalike_of_id = cls.one
        cls.other.action_not_lookalike()

    def _alike(self, lead):
        return self.Lead.browse(other for other, _by in lead._lookalikes_of()[lead.id])

    def test_remembered(self):
        """The two no longer look the same, whichever is asked for; others still do; a copy is new. Saying it
        again changes nothing."""
        self.assertEqual(self._alike(self.one), self.third)
        self.assertEqual(self._alike(self.other), self.third)
        self.assertEqual(self._alike(self.third), self.one | self.other)
        self.assertEqual(self._alike(self.other.copy({"user_id": False})), self.one | self.other | self.third)
        self.other.lookalike_of_id = self.one
        self.other.action_not_lookalike()
        self.assertEqual(self.env["crm.lead.unlike"].search_count([("other_id", "=", self.other.id)]), 1)

    def test_follows_a_merge(self):
        """What was said of a lead holds for the one that it is merged into, but not within what is merged."""
        self.third.probability = 90
        self.assertEqual((self.third | self.other).merge_opportunity(), self.third)
        self.assertFalse(self._alike(self.third) | self._alike(self.one))
        self.one.probability = 95
        self.assertEqual((self.one | self.third).merge_opportunity(), self.one)
        self.assertFalse(self.env["crm.lead.unlike"].search([]))

    def test_goes_with_a_lead(self):
        """Nothing stays of a lead that is deleted."""
        self.one.unlink()
        self.assertFalse(self.env["crm.lead.unlike"].search([]))


@tagged("post_install", "-at_install")
class TestMerging(LookalikeCase):
    """Where look-alikes point to after merging: never to a lead that is gone, never to oneself."""

    def test_merged_with_its_lookalike(self):
        """A lead that is merged with the one it looked like points nowhere, whichever stays."""
        for first, second in ((50, 10), (10, 50)):
            one, other = self._lead(probability=first), self._lead(probability=second)
            one.lookalike_of_id = other
            head = (one | other).merge_opportunity()
            with self.subTest(first=first):
                self.assertEqual(len((one | other).exists()), 1)
                self.assertFalse(head.lookalike_of_id)

    def test_pointers_follow(self):
        """Who looked like a merged lead looks like the one that stays; that one takes over where it pointed."""
        outside, head, tail, third = (self._lead(probability=probability) for probability in (5, 50, 10, 5))
        third.lookalike_of_id = tail
        tail.lookalike_of_id = outside
        self.assertEqual((tail | head).merge_opportunity(), head)
        self.assertRecordValues(head | third | outside, [{"lookalike_of_id": i} for i in (outside.id, head.id, False)])

    def test_own_pointer_first(self):
        """The lead that stays keeps what it pointed to."""
        outside, other, head, tail = (self._lead(probability=probability) for probability in (5, 5, 50, 10))
        head.lookalike_of_id, tail.lookalike_of_id = outside, other
        (tail | head).merge_opportunity()
        self.assertEqual(head.lookalike_of_id, outside)

    def test_merged_and_kept(self):
        """Where Odoo keeps the merged leads, they no longer point to the one that stays."""
        head, tail = self._lead(probability=50), self._lead(probability=10)
        tail.lookalike_of_id = head
        (tail | head)._merge_opportunity(auto_unlink=False)
        self.assertFalse(tail.lookalike_of_id)

    def test_deleted_and_copied(self):
        """When the other one is deleted the pointer vanishes; a copy has none."""
        one, other = self._lead(), self._lead()
        one.lookalike_of_id = other
        self.assertFalse(one.copy().lookalike_of_id)
        other.unlink()
        self.assertFalse(one.lookalike_of_id)
