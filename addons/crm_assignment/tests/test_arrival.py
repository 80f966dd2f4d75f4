from unittest.mock import patch

from odoo.tests import tagged

from .common import AssignmentCase

GATEWAY = """MIME-Version: 1.0
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <arrival-1@example.com>
Subject: A question
From: Ann <ann@example.com>
To: north@example.com
Content-Type: text/plain; charset=UTF-8

How much is it?
"""


@tagged("post_install", "-at_install")
class TestArrival(AssignmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.assignment_at_once = True

    def test_in_the_same_moment(self):
        """A lead without salesperson is given as it arrives, in turn; one that a person made keeps its maker."""
        self.assertEqual(self.owners(self.make(3)), ["Olga", "Otto", "Olga"])
        made = self.env["crm.lead"].with_user(self.users["otto"]).create({"name": "mine"})
        self.assertEqual(made.user_id, self.users["otto"])

    def test_before_the_leader(self):
        """A mail's lead goes to whose turn it is, not to the leader, where rules are on or off."""
        domain = self.env["mail.alias.domain"].create({"name": "example.com"})
        self.company_a.alias_domain_id = domain
        self.north.write({"alias_name": "north", "alias_domain_id": domain.id})
        self.env["mail.thread"].message_process("crm.lead", GATEWAY)
        lead = self.env["crm.lead"].search([("email_normalized", "=", "ann@example.com")])
        self.assertEqual(lead.user_id.name, "Olga")

    def test_when_somebody_shares_out(self):
        """Where the team's turn is held, the lead arrives all the same and a job is called."""
        turns = type(self.env["crm.assignment.turn"])
        job = self.env.ref("crm_assignment.ir_cron_on_arrival")
        with patch.object(turns, "_take", lambda self, teams, is_patient=True: {}):
            lead = self.make()
        self.assertFalse(lead.user_id)
        self.assertEqual(len(self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])), 1)
        self.env["crm.lead"]._cron_on_arrival()
        self.assertTrue(lead.user_id)

    def test_whatever_goes_wrong(self):
        """An error while sharing out keeps no lead from arriving."""
        desk = type(self.env["crm.assignment.desk"])
        with (
            patch.object(desk, "_plan", side_effect=ZeroDivisionError),
            self.assertLogs("odoo.addons.crm_assignment.models.crm_lead_arrival", "ERROR"),
        ):
            lead = self.make()
        self.assertTrue(lead.exists())
        self.assertFalse(lead.user_id)

    def test_imports_go_by_the_job(self):
        """Leads of an import are not given one by one."""
        leads = (
            self.env["crm.lead"]
            .with_context(import_file=True)
            .create([{"name": "imported", "team_id": self.north.id, "user_id": False} for _place in range(3)])
        )
        self.assertFalse(leads.user_id)
        self.env["crm.lead"]._cron_on_arrival()
        self.assertEqual(len(leads.filtered("user_id")), 3)

    def test_off(self):
        """Off, or with the method of Odoo, nothing happens on arrival."""
        self.north.assignment_at_once = False
        self.assertFalse(self.make().user_id)
        self.north.write({"assignment_at_once": True, "assignment_method": "odoo"})
        self.assertFalse(self.make().user_id)

    def test_public_form(self):
        """A visitor's form goes the same way, with a visitor's rights."""
        public = self.env.ref("base.public_user")
        lead = (
            self.env["crm.lead"]
            .with_user(public)
            .sudo()
            .create({"name": "form", "team_id": self.north.id, "user_id": False})
        )
        self.assertEqual(lead.user_id.name, "Olga")
