from unittest.mock import patch

from odoo.exceptions import ValidationError
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

    def test_undo_of_a_large_run(self):
        """More leads than a batch go back by the job, each batch its own transaction: when time is up after each,
        the next job goes on with those that are left, and at the end nothing is under way."""
        leads = self.make(5)
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        leads[1].user_id = self.users["lena"]
        self.startPatcher(patch.object(crm_assignment_run, "BATCH", 2))
        model = self.registry["crm.assignment.run"]
        commits = []
        self.startPatcher(patch.object(model, "_commit", lambda run, *numbers: commits.append(numbers)))
        run.with_user(self.users["mona"]).action_undo()
        self.assertRecordValues(run, [{"given": 5, "undoing_user_id": self.users["mona"].id}])
        cron = self.env.ref("crm_assignment.ir_cron_run")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        states = []
        for _time in range(3):
            self.env["crm.assignment.run"]._cron_go_on()
            states.append((len(leads.filtered("user_id")), bool(run.undoing_user_id)))
        self.assertEqual(states, [(3, True), (1, False), (1, False)])
        self.assertEqual(commits, [(2, 2), (2, 0)])
        self.assertEqual((run.given, leads[1].user_id), (1, self.users["lena"]))

    def test_undo_goes_on_past_an_error(self):
        """A lead that can't be written stays where it is, with the reason on the run; the others go back."""
        leads = self.make(5)
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        original = type(leads).write

        def write(records, vals):
            if leads[2] in records and vals.get("user_id") is False:
                raise ValidationError("No.")
            return original(records, vals)

        self.patch(type(leads), "write", write)
        run.action_undo()
        self.assertEqual(leads.filtered("user_id"), leads[2])
        self.assertRecordValues(run, [{"given": 1, "error": "No."}])

    def test_only_the_same_run(self):
        """A scheduled run goes on with the one that was begun for the same teams in the same way, with no other."""
        runs = self.env["crm.assignment.run"]
        begun = runs._begin(self.north, "job", days=7)
        self.assertEqual(runs._begin(self.north, "job", days=7), begun)
        for teams, options in (
            (self.north + self.south, {"way": "job", "days": 7}),
            (self.north, {"way": "job", "days": 7, "is_forced": True}),
            (self.north, {"way": "job", "days": 0}),
            (self.north, {"way": "button", "days": 7}),
        ):
            self.assertNotEqual(runs._begin(teams, **options), begun, options)

    def test_taken_meanwhile(self):
        """A lead that somebody took, won or archived after the run had counted it is left alone."""
        leads = self.make(4)
        run = self.env["crm.assignment.run"]._begin(self.north, "job")
        leads[0].user_id = self.users["lena"]
        leads[1].action_set_won()
        leads[2].active = False
        run._do(leads.ids)
        self.assertEqual([lead.user_id.name for lead in leads], ["Lena", False, False, "Olga"])

    def test_ended_once(self):
        """Where two processes went on with one run, the second to come to its end tells nobody anything."""
        self.make(2)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.env["crm.team"]._cron_assign_leads()
        self.env["crm.assignment.run"].search([], limit=1)._go_on()
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "discuss.channel")])
        self.assertEqual(len(told.filtered(lambda message: "given to you" in message.body)), 2)
