from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestMethods(AssignmentCase):
    def _open_leads(self, member, number, **vals):
        common = {"team_id": self.north.id, "user_id": member.user_id.id, "probability": 50, **vals}
        self.env["crm.lead"].create([{"name": "open", **common} for _place in range(number)])

    def test_least_loaded(self):
        """Who has the fewest open leads gets the next one, each one given counting at once."""
        self._open_leads(self.olga, 3)
        self.north.assignment_method = "least_loaded"
        leads = self.make(5)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto", "Otto", "Olga", "Otto"])

    def test_least_loaded_by_value(self):
        """One big deal weighs more than many small ones where the team counts by value."""
        self._open_leads(self.olga, 1, expected_revenue=10_000)
        self._open_leads(self.otto, 3, expected_revenue=100)
        self.north.write({"assignment_method": "least_loaded", "assignment_load": "value"})
        leads = self.make(2, expected_revenue=1_000)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto"])

    def test_steps_of_this_week_count(self):
        """Steps due this week are something to do as well, where the team says so; later ones are not."""
        lead = self.make(user_id=self.olga.user_id.id)
        for day in ("2026-03-04", "2026-03-05", "2026-03-20"):
            lead.activity_schedule("mail.mail_activity_data_todo", day, user_id=self.olga.user_id.id)
        self.north.write({"assignment_method": "least_loaded", "assignment_load_steps": True})
        leads = self.make(4)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto", "Otto", "Olga"])

    def test_by_capacity(self):
        """Maximums fill up alike: three to one where one may have three times as many."""
        self.olga.assignment_max, self.otto.assignment_max = 30, 10
        self.north.assignment_method = "weighted"
        leads = self.make(8)
        self.share()
        self.assertEqual(sorted(self.owners(leads)), ["Olga"] * 6 + ["Otto"] * 2)

    def test_filters(self):
        """A member gets what his filter lets through, and what his preferred filter fits before others do."""
        self.olga.assignment_domain = "[('city', '=', 'Testville')]"
        self.otto.assignment_domain_preferred = "[('phone', '!=', False)]"
        there, elsewhere = self.make(2, city="Testville"), self.make(2)
        called = self.make(2, city="Testville", phone="+32 2 290 34 90")
        self.share()
        self.assertEqual(self.owners(called), ["Otto", "Otto"])
        self.assertEqual(self.owners(elsewhere), ["Otto", "Otto"])
        self.assertEqual(self.owners(there), ["Olga", "Otto"])

    def test_filters_with_days_and_placeholder(self):
        """Filters may be relative to today and name the member himself."""
        self.olga.assignment_domain = "[('create_date', '>=', '-7d')]"
        self.otto.assignment_domain = "[('partner_id.user_id', '=', '$member')]"
        partners = self.env["res.partner"].create(
            [{"name": "hers", "user_id": self.olga.user_id.id}, {"name": "his", "user_id": self.otto.user_id.id}]
        )
        leads = self.make(2)
        for lead, partner in zip(leads, partners, strict=True):
            lead.write({"partner_id": partner.id, "user_id": False})
        self.share()
        self.assertEqual(self.owners(leads), ["Olga", "Otto"])
        more = self.make(2)
        self.share()
        self.assertEqual(self.owners(more), ["Olga", "Olga"])

    def test_filter_that_breaks(self):
        """A filter whose field is gone stops that member, tells the leader, and the run goes on with the others."""
        self.env.cr.execute(
            "UPDATE crm_team_member SET assignment_domain = %s WHERE id = %s", ("[('gone', '=', 1)]", self.olga.id)
        )
        self.env.invalidate_all()
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto"])
        self.assertIn("gone", self.olga.assignment_filter_error)
        told = self.env["mail.message"].search([("model", "=", "crm.team"), ("res_id", "=", self.north.id)])
        self.assertIn("no longer works", str(told.mapped("body")))
        self.assertIn(self.users["lena"].partner_id, told.partner_ids)
        self.olga.assignment_domain = "[]"
        self.assertFalse(self.olga.assignment_filter_error)

    def test_a_teams_filter_that_breaks(self):
        """The same for a team: it takes no leads without team, its own are still shared out."""
        self.env.cr.execute(
            "UPDATE crm_team SET assignment_domain = %s WHERE id = %s", ("[('gone', '=', 1)]", self.north.id)
        )
        self.env.invalidate_all()
        own, teamless = self.make(), self.make(team_id=False)
        self.share()
        self.assertTrue(own.user_id)
        self.assertFalse(teamless.team_id)
        self.assertIn("gone", self.north.assignment_filter_error)

    def test_customers_stay(self):
        """A lead of a known customer goes to that customer's salesperson, where the team wants that."""
        partner = self.env["res.partner"].create({"name": "customer", "user_id": self.otto.user_id.id})
        self.make(1)
        self.share()
        for is_loyal, owners in ((False, ["Otto", "Olga"]), (True, ["Otto", "Otto"])):
            self.north.assignment_loyal = is_loyal
            leads = self.make(2)
            for lead in leads:
                lead.write({"partner_id": partner.id, "user_id": False})
            self.share()
            self.assertEqual(self.owners(leads), owners)
        decision = self.env["crm.assignment.decision"].search([], limit=1)
        self.assertEqual(decision.why, "customer")

    def test_look_alikes_stay_together(self):
        """A lead that looks like somebody's open deal goes to the same person and is marked; nothing is merged."""
        parameters = self.env["ir.config_parameter"]
        parameters.search([("key", "=", "crm_assignment.lookalikes_marked")]).unlink()
        deal = self.make(email_from="ann@example.com", user_id=self.otto.user_id.id)
        self.north.assignment_loyal = True
        lead = self.make(email_from="ann@example.com")
        self.share()
        self.assertRecordValues(lead, [{"user_id": self.otto.user_id.id, "lookalike_of_id": deal.id}])
        self.assertEqual(lead._last_decision().why, "lookalike")
        self.assertTrue(parameters.get_param("crm_assignment.lookalikes_marked"), "merging asks from now on")

    def test_not_the_same_is_remembered(self):
        """A lead that a person said is not the same, given again, goes by the method and is not marked anew."""
        self.make(email_from="ann@example.com", user_id=self.otto.user_id.id)
        self.north.assignment_loyal = True
        lead = self.make(email_from="ann@example.com")
        self.share()
        self.assertEqual(lead.user_id, self.otto.user_id)
        lead.with_user(self.users["otto"]).action_not_lookalike()
        lead.write({"user_id": False, "date_open": False})
        self.share()
        self.assertRecordValues(lead, [{"user_id": self.olga.user_id.id, "lookalike_of_id": False}])

    def test_queries_do_not_grow(self):
        """Sharing out a hundred leads takes as many queries as ten, but for what is written in slices."""
        self.olga.assignment_max = self.otto.assignment_max = 1_000

        def cost(number):
            self.make(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.share()
            return self.env.cr.sql_log_count - before

        cost(10)
        self.assertLessEqual(cost(100) - cost(10), 4)
