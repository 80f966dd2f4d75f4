from unittest.mock import patch

from odoo.tests import tagged

from ..models import crm_assignment_run
from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestRunGoesOn(AssignmentCase):
    def test_time_is_up(self):
        """A job whose time is up after each batch goes on with the same run: people are told once, at its end."""
        leads = self.make(5)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.startPatcher(patch.object(crm_assignment_run, "BATCH", 2))
        model = self.registry["crm.assignment.run"]
        self.startPatcher(patch.object(model, "_commit", lambda run, processed, remaining: not processed))
        states = []
        for _time in range(3):
            self.env["crm.team"]._cron_assign_leads(creation_delta_days=0)
            states.append((len(leads.filtered("user_id")), self.env["crm.assignment.run"].search([]).mapped("state")))
        self.assertEqual(states, [(2, ["running"]), (4, ["running"]), (5, ["done"])])
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "discuss.channel")])
        self.assertEqual(len(told.filtered(lambda message: "leads were given" in message.body)), 2)

    def test_ended_once(self):
        """Where two processes went on with one run, the second to come to its end tells nobody anything."""
        self.make(2)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.env["crm.team"]._cron_assign_leads()
        self.env["crm.assignment.run"].search([], limit=1)._go_on()
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "discuss.channel")])
        self.assertEqual(len(told.filtered(lambda message: "given to you" in message.body)), 2)
