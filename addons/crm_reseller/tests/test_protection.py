from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .registration_common import RegistrationCase


@tagged("post_install", "-at_install")
class TestProtection(RegistrationCase):
    """Brussels has registered Brightwater Pumps, protected until 8 June. Other leads of it are no other partner's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-10 09:00:00"))
        cls.Registration.search([]).protected_until = False
        cls.company_a.write({"reseller_offers": True, "reseller_auto": True, "reseller_way": "first"})

    def setUp(self):
        super().setUp()
        self.registration = self.register()
        self.as_cora(self.registration).action_approve()

    def new_lead(self, name="Pumps again", email="anna@brightwater.example.com", **vals):
        company = self.company_a.id
        return self._make_lead(name, "uk", **{"company_id": company, "email_from": email, **vals})

    def forward_as(self, name, lead, partner):
        wizard = self.env["crm.lead.forward.to.partner"].with_user(self.users[name])
        wizard = wizard.with_context(active_ids=lead.ids).create({"forward_type": "single", "partner_id": partner.id})
        return wizard

    def test_what_is_the_same_company(self):
        """By tax ID, address, phone, domain or the very name; not by a name that is merely alike, nor elsewhere."""
        customer = self.env["res.partner"].create({"name": "Else", "vat": "BE0477472701", "is_company": True})
        same = [
            self.new_lead(),
            self.new_lead(email="ben@brightwater.example.com"),
            self.new_lead(email="", phone="+32470998877"),
            self.new_lead(email="", partner_name="BRIGHTWATER PUMPS"),
            self.new_lead(email="", partner_id=customer.id),
            self.new_lead(company_id=False),
            self.registration.lead_id,
        ]
        others = [
            self.new_lead(email="", partner_name="Brightwatr Pumps"),
            self.new_lead(email="anna@gmail.com"),
            self.new_lead(email=""),
            self.new_lead(company_id=self.company_b.id),
        ]
        leads = self.env["crm.lead"].union(*same, *others)
        found = leads._protections()
        self.assertEqual(set(found), {lead.id for lead in same})
        self.assertEqual(found[same[0].id], self.registration)
        with freeze_time("2026-06-09"):
            self.assertFalse(leads._protections(), "the protection is over")
        self.company_a.reseller_registrations = False
        self.assertFalse(leads._protections(), "switched off, Odoo's own assignment is as it was")

    def test_by_hand(self):
        """Whoever enters another partner on the lead is told; Brussels and its people may have it in silence."""
        lead, told = self.new_lead(), "odoo.tests.form.onchange"
        with Form(lead) as form, self.assertLogs(told, "WARNING") as warned:
            form.partner_assigned_id = self.leeds
        self.assertIn("Brussels has registered this company", warned.output[0])
        self.assertEqual(lead.partner_assigned_id, self.leeds, "a person decides")
        with Form(lead) as form, self.assertNoLogs(told, "WARNING"):
            form.partner_assigned_id = self.brussels
            form.partner_assigned_id = self.env["res.partner"]
        with Form(self.env["crm.lead"]) as form, self.assertNoLogs(told, "WARNING"):
            form.name = "A new one"
            form.partner_assigned_id = self.leeds

    def test_offers(self):
        """Whoever else fits is not asked, and it is said why; Brussels is."""
        lead, free = self.new_lead(), self.new_lead(email="anna@else.example.com")
        lead.action_offer_to_partners()
        self.assertEqual(lead.offer_ids.partner_id, self.brussels)
        [answer] = self.new_lead()._partners_that_fit("first", 3)
        self.assertEqual(answer.left_out, {"protected": 2})
        self.assertIn("2 may not have it while", self.env["crm.lead.offer"]._left_out_words(answer.left_out))
        free.action_offer_to_partners()
        self.assertEqual(free.offer_ids.partner_id, self.brussels | self.leeds | self.lyon)

    def test_assignment_by_place(self):
        """Odoo's automatic assignment gives the lead to the partner who registered the company, not to the nearest."""
        for mended in (True, False):
            self.mend(mended)
            lead, free = self.new_lead(), self.new_lead(email="anna@else.example.com")
            for one in lead | free:  # of several, Odoo's own gives all the partner of the first
                one.assign_partner()
            self.assertEqual(lead.partner_assigned_id, self.brussels)
            self.assertEqual(free.partner_assigned_id, self.leeds)
        self.mend(True)
        leads = self.new_lead() | self.new_lead(email="anna@else.example.com")
        leads.assign_partner()
        self.assertEqual([lead.partner_assigned_id for lead in leads], [self.brussels, self.leeds])

    def test_forwarding_warns(self):
        """A salesperson reads who protects it until when, and it stays; to Brussels itself it goes."""
        for mended in (True, False):
            self.mend(mended)
            lead = self.new_lead(user_id=self.users["olga"].id)
            wizard = self.forward_as("olga", lead, self.leeds)
            self.assertIn("Brussels has registered this company", wizard.protection_words)
            with self.assertRaisesRegex(UserError, "protected until 06/08/2026.\nA channel manager can"):
                wizard.action_forward()
            self.assertFalse(lead.partner_assigned_id)
            wizard = self.forward_as("olga", lead, self.pia.partner_id)
            self.pia.partner_id.email = "pia@partners.example.com"
            self.assertFalse(wizard.protection_words)
            wizard.action_forward()
            self.assertEqual(lead.partner_assigned_id, self.pia.partner_id)

    def test_a_channel_manager_may(self):
        """He reads the same, forwards it all the same, and that is noted."""
        lead = self.new_lead()
        wizard = self.forward_as("cora", lead, self.leeds)
        self.assertIn("protected until", wizard.protection_words)
        wizard.action_forward()
        self.assertEqual(lead.partner_assigned_id, self.leeds)
        self.assertIn("although another partner has registered", lead.message_ids[0].body)

    def test_another_registration(self):
        """Another partner's registration of the same company comes to the channel manager as a conflict."""
        other = self.register(self.leeds, self.rex, name="Brightwater", product="Pipes")
        self.assertTrue(other.has_conflict)
        self.assertIn(self.registration, other.match_ids.other_id)
        self.assertIn("looks like something that we know already", other._manager_words()[1])

    def test_queries(self):
        """As many queries for thirty leads and ten registrations as for one of each."""

        def count(leads):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._protections()
            return self.env.cr.sql_log_count - before

        one = self.new_lead()
        few = (count(one), count(one))[1]
        for number in range(9):
            self.as_cora(self.register(name=f"Company {number}", email=f"a@c{number}.example.com")).action_approve()
        leads = self.env["crm.lead"].union(*(self.new_lead(email=f"b@c{number}.example.com") for number in range(30)))
        self.assertLessEqual(count(leads), few)
