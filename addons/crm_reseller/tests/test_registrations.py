from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import crm_deal_registration_portal
from .registration_common import ENTRIES, RegistrationCase

OTHER = {"name": "Else", "email": "", "phone": "", "vat": "", "website": ""}


@tagged("post_install", "-at_install")
class TestRegistrations(RegistrationCase):
    """Deals that partners register: what they look like, what is decided, how long they are protected."""

    def matches(self, registration):
        return [(match.evidence, match.what) for match in registration.match_ids]

    def test_nothing_known(self):
        registration = self.register()
        self.assertRecordValues(
            registration,
            [{"state": "review", "has_conflict": False, "amount": 12000, "registered_by_id": self.pia.id}],
        )

    def test_matches(self):
        """Lead, customer and another partner's registration, each by what it has in common."""
        lead = {"name": "Pumps", "company_id": self.company_a.id, "user_id": self.users["olga"].id}
        other = self.register(self.leeds, self.rex, **{**OTHER, "name": "Brightwatr Pumps"})
        for vals, evidence in (
            ({"email_from": "ben@brightwater.example.com"}, "email"),
            ({"phone": "+32470998877"}, "phone"),
            ({"email_from": "anna@brightwater.example.com"}, "domain"),
            ({"partner_name": "BRIGHTWATER PUMP"}, "name"),
            ({"partner_name": "Stillwater Boats"}, None),
        ):
            found = self.env["crm.lead"].create({**lead, **vals})
            registration = self.register()
            told = self.matches(registration)
            self.assertEqual(told[0] if evidence else None, (evidence, "Lead Pumps, with Olga") if evidence else None)
            self.assertIn("Registered by Leeds on", told[-1][1])
            found.unlink()
            registration.unlink()
        other.unlink()
        self.env["res.partner"].create({"name": "Somebody", "vat": "BE0477472701", "is_company": True})
        self.assertEqual(self.matches(self.register()), [("vat", "Customer Somebody")])

    def test_matches_of_other_companies(self):
        """What another company of ours knows is no match."""
        self.env["crm.lead"].create(
            {"name": "Far", "email_from": ENTRIES["email"], "company_id": self.company_b.id, "user_id": False}
        )
        self.assertFalse(self.register().match_ids)

    def test_refused_ones_do_not_count(self):
        other = self.register(self.leeds, self.rex)
        other.refusal = "No"
        self.as_cora(other).action_refuse()
        self.assertFalse(self.register().match_ids)

    @freeze_time("2026-03-10")
    def test_approve(self):
        """The partner gets an opportunity, and 90 days."""
        registration = self.register()
        self.as_cora(registration).action_approve()
        self.assertRecordValues(registration, [{"state": "approved", "decided_by_id": self.cora.id, "days_left": 90}])
        self.assertEqual(str(registration.protected_until), "2026-06-08")
        self.assertRecordValues(
            registration.lead_id,
            [
                {
                    "name": "Brightwater Pumps Ltd: Ten pumps",
                    "type": "opportunity",
                    "partner_assigned_id": self.brussels.id,
                    "expected_revenue": 12000,
                    "company_id": self.company_a.id,
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "decided already"):
            self.as_cora(registration).action_approve()

    def test_countdown(self):
        with freeze_time("2026-03-10"):
            registration = self.register()
            self.as_cora(registration).action_approve()
        for day, left, words in (
            ("2026-06-07", 1, "1 more days"),
            ("2026-06-08", 0, "is over"),
            ("2027-01-01", 0, "is over"),
        ):
            registration.invalidate_recordset()
            with freeze_time(day):
                self.assertEqual(registration.days_left, left)
                self.assertIn(words, registration._partner_words())

    def test_extension(self):
        """Asked for once with a reason, granted for 30 days; not for what is not approved."""
        with freeze_time("2026-03-10"):
            registration = self.register()
            self.assertFalse(registration._ask_extension("Please"))
            self.as_cora(registration).action_approve()
            with self.assertRaisesRegex(UserError, "Nobody asked"):
                self.as_cora(registration).action_grant_extension()
            self.assertFalse(registration._ask_extension("  "))
            self.assertTrue(registration._ask_extension("Their board meets in July"))
            self.assertFalse(registration._ask_extension("Again"))
            self.as_cora(registration).action_grant_extension()
            self.assertEqual(str(registration.protected_until), "2026-07-08")
            self.assertEqual(registration.extension_state, "granted")

    def test_question(self):
        """Asked, answered, decided; what is missing is said."""
        registration = self.register()
        with self.assertRaisesRegex(UserError, "what you want to know"):
            self.as_cora(registration).action_ask()
        self.assertFalse(registration._answer_question("Nobody asked"))
        self.as_cora(registration).question = "Which site?"
        self.as_cora(registration).action_ask()
        self.assertTrue(registration._answer_question("The one in Ghent"))
        self.assertRecordValues(registration, [{"state": "review", "answer": "The one in Ghent"}])
        with self.assertRaisesRegex(UserError, "why it is refused"):
            self.as_cora(registration).action_refuse()

    def test_mails(self):
        """Who registered it gets a mail when it is decided; once he has left, the partner does."""
        registration = self.register()
        self.assertEqual(registration._reader(), self.pia.partner_id)
        self.as_cora(registration).action_approve()
        mail = self.env["mail.mail"].search([("model", "=", registration._name), ("res_id", "=", registration.id)])
        self.assertIn(self.pia.partner_id.email, "".join(mail.mapped(lambda one: one.email_to or "")))
        self.pia.partner_id.parent_id = self.leeds
        self.assertEqual(registration._reader(), self.brussels)

    def test_managers_are_told(self):
        last = self.env["mail.message"].search([], order="id desc", limit=1).id or 0
        self.register()
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "crm.deal.registration")]).partner_ids
        self.assertIn(self.cora.partner_id, told)
        self.assertNotIn(self.users["aldo"].partner_id, told)
        self.assertFalse(told & (self.pia | self.rex).partner_id)

    def test_too_many(self):
        """A partner does not look up all our customers by registering them."""
        self.patch(crm_deal_registration_portal, "MOST_A_DAY", 2)
        self.register()
        self.register()
        registration, errors = self.Registration._take_in(self.brussels, self.pia, self.company_a, ENTRIES)
        self.assertFalse(registration)
        self.assertIn("very many deals", errors["name"])

    def test_entries(self):
        """Odd entries are told in words, and nothing longer than it may be is kept."""
        for entries, field in (
            ({"name": " "}, "name"),
            ({"product": ""}, "product"),
            ({"amount": "a lot"}, "amount"),
            ({"amount": "-5"}, "amount"),
            ({"amount": "1e400"}, "amount"),
            ({"amount": "nan"}, "amount"),
            ({"date_expected": "soon"}, "date_expected"),
        ):
            _vals, errors = self.Registration._read_entries({**ENTRIES, **entries})
            self.assertEqual(list(errors), [field], entries)
        vals, errors = self.Registration._read_entries({**ENTRIES, "name": "x" * 999, "country_id": "'; --"})
        self.assertEqual((len(vals["name"]), errors), (120, {}))
        self.assertNotIn("country_id", vals)

    def test_what_a_partner_reads(self):
        """Nothing that we know of others is among what his page is made from."""
        self.env["crm.lead"].create({"name": "Secret deal", "email_from": ENTRIES["email"], "user_id": False})
        registration = self.register()
        self.assertTrue(registration.has_conflict)
        told = str(registration._for_partner())
        for word in ("Secret", "conflict", "match", "Leeds", "Cora"):
            self.assertNotIn(word, told)
        self.assertIn("Under review", told)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_personas(self):
        """Registrations and matches: channel managers and managers, of their company, and nobody else."""
        self.env["crm.lead"].create({"name": "Known", "email_from": ENTRIES["email"], "user_id": False})
        registration = self.register()
        self.users.update(pia=self.pia, rex=self.rex, public=self.env.ref("base.public_user"))
        for name, user in self.users.items():
            is_allowed = name in ("cora", "mona")
            for record in (registration, registration.match_ids):
                own = record.with_user(user)
                self.assertEqual(own.has_access("read"), is_allowed, (name, record._name))
                self.assertFalse(own.has_access("create"), (name, record._name))
                is_deal = record == registration
                self.assertEqual(own.has_access("write"), is_allowed and is_deal, (name, record._name))
                self.assertEqual(own.has_access("unlink"), name == "mona" and is_deal, (name, record._name))
            if not is_allowed:
                for method in (
                    *("action_approve", "action_refuse", "action_ask", "action_look_again"),
                    *("action_grant_extension", "action_refuse_extension"),
                ):
                    with self.assertRaises(AccessError, msg=(name, method)):
                        getattr(registration.with_user(user), method)()
        self.assertEqual(registration.state, "review")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_decided_by_buttons(self):
        """A channel manager decides by the buttons: he can't write the outcome, or give the deal to another."""
        registration = self.register()
        for vals in ({"state": "approved"}, {"partner_id": self.leeds.id}, {"company_id": self.company_b.id}):
            with self.assertRaises(AccessError, msg=vals):
                self.as_cora(registration).write(vals)

    def test_other_company(self):
        """A channel manager of company B sees nothing of A's."""
        registration = self.register()
        self.cora.write({"company_ids": self.company_b.ids, "company_id": self.company_b.id})
        self.assertFalse(self.as_cora(registration).has_access("read"))

    def test_menu(self):
        """The menu is there as long as a company lets partners register deals; it comes without."""
        self.assertFalse(self.env["res.company"].create({"name": "New"}).reseller_registrations)
        menu = self.env.ref("crm_reseller.crm_deal_registration_menu")
        for is_on in (False, True):
            self.company_a.reseller_registrations = is_on
            self.assertEqual(menu.active, is_on)
