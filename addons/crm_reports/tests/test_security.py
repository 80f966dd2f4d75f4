from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, ReportCase


@tagged("post_install", "-at_install")
class TestReportSecurity(ReportCase):
    """Who reads what of what is counted, persona by persona; nobody writes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lead in cls.leads:
            cls.env.cr.execute(
                "INSERT INTO crm_lead_passage (lead_id, stage_id, entered, outcome, company_id)"
                " SELECT id, %s, %s, 'open', company_id FROM crm_lead WHERE id = %s",
                [cls.stages[0].id, NOW, lead.id],
            )
        cls.env["crm.lead.facts"]._refresh(cls.leads.ids)
        cls.env.invalidate_all()
        cls.leader = new_test_user(
            cls.env, login="report_lena", groups="crm_core.group_sale_salesman_team", company_id=cls.company.id
        )
        cls.teams[0].user_id = cls.leader

    def _leads(self, user):
        return self.env["crm.lead"].with_user(user).with_context(active_test=False).search([])

    def test_stays_as_their_leads(self):
        """Own, team, all documents and manager read the stays of exactly the leads that they may read."""
        olga, _otto, aldo, mona = self.users
        seen = {}
        for user in (olga, self.leader, aldo, mona):
            stays = self.env["crm.lead.passage"].with_user(user).search([])
            self.assertEqual(stays.lead_id, self._leads(user) & self.leads)
            seen[user] = len(stays)
        self.assertLess(seen[olga], seen[mona])
        self.assertLess(seen[self.leader], seen[mona])

    def test_stay_of_another(self):
        """Knowing its number does not help."""
        otto = self.users[1]
        hidden = self.leads - self._leads(otto)
        stay = self.env["crm.lead.passage"].search([("lead_id", "in", hidden.ids)], limit=1)
        with self.assertRaises(AccessError):
            stay.with_user(otto).read(["days"])

    def test_company(self):
        """A lead that moves to another company takes its stays along at once."""
        mona, lead = self.users[3], self.leads[0]
        self.env["crm.lead.facts"]._switch(True)
        other = self.env["res.company"].create({"name": "Other"})
        lead.write({"team_id": False, "user_id": False, "company_id": other.id})
        self.env.flush_all()
        stays = self.env["crm.lead.passage"]
        self.assertFalse(stays.with_user(mona).search([("lead_id", "=", lead.id)]))
        self.assertEqual(stays.search([("lead_id", "=", lead.id)]).company_id, other)

    def test_company_while_off(self):
        """Moved while nothing is counted, a lead's stays are as readable as it is; switched on, they follow it."""
        mona, lead = self.users[3], self.leads[0]
        other = self.env["res.company"].create({"name": "Other"})
        lead.write({"team_id": False, "user_id": False, "company_id": other.id})
        self.env.flush_all()
        stays = self.env["crm.lead.passage"]
        self.assertFalse(stays.with_user(mona).search([("lead_id", "=", lead.id)]))
        self.assertNotEqual(stays.search([("lead_id", "=", lead.id)]).company_id, other)
        self.env["crm.lead.facts"]._switch(True)
        self.assertFalse(stays.with_user(mona).search([("lead_id", "=", lead.id)]))
        self.assertEqual(stays.search([("lead_id", "=", lead.id)]).company_id, other)

    def test_nobody_writes(self):
        """Stays, facts, reports and what is usual are Odoo's own to write."""
        mona = self.users[3]
        for model in ("crm.lead.passage", "crm.report", "crm.stage.usual", "crm.lead.facts"):
            for operation in ("create", "write", "unlink"):
                with self.subTest(f"{model} {operation}"), self.assertRaises(AccessError):
                    self.env[model].with_user(mona).check_access(operation)

    def test_portal(self):
        """Nothing for a partner in the portal: neither reports nor stays nor what is measured."""
        portal = new_test_user(self.env, login="report_petra", groups="base.group_portal")
        for model in ("crm.report", "crm.lead.passage", "crm.lead.facts", "crm.shift"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
        measures = {"won_rate", "first_answer_hours", "contacts_in", "won_amount", "age_band"}
        lead = self.env["crm.lead"]
        self.assertTrue(measures <= lead.with_user(self.users[0]).fields_get().keys())
        for name in measures:
            self.assertFalse(lead.with_user(portal)._has_field_access(lead._fields[name], "read"), name)
