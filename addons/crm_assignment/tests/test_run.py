from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import crm_assignment_run
from .common import MONDAY, AssignmentCase


@tagged("post_install", "-at_install")
class TestRun(AssignmentCase):
    def _start(self, person="mona"):
        return self.env["crm.assignment.run"].with_user(self.users[person])._start(self.north).sudo()

    def test_in_the_background(self):
        """A run that a manager starts is done by the job, counts what it did, and the notes are his."""
        leads = self.make(5)
        run = self._start()
        self.assertRecordValues(
            run, [{"state": "running", "total": 5, "progress": 0, "user_id": self.users["mona"].id}]
        )
        self.assertEqual(self.north.assignment_last_state, "running")
        self.env["crm.assignment.run"]._cron_go_on()
        self.assertRecordValues(run, [{"state": "done", "given": 5, "left": 0, "progress": 100}])
        self.assertTrue(all(leads.mapped("user_id")))
        self.assertEqual(self.north.assignment_last_result, "5 given")

    def test_where_it_comes_from(self):
        """Odoo's entry point of the schedule is a scheduled run, whoever calls it; the button is one by hand."""
        for start, way in (
            (self.env["crm.team"]._cron_assign_leads, "job"),
            (self.north.with_user(self.users["mona"]).action_assign_leads, "button"),
            (self.north.with_context(cron_id=1).action_assign_leads, "button"),
        ):
            lead = self.make()
            start()
            run = self.env["crm.assignment.run"].search([], limit=1)
            decision = self.env["crm.assignment.decision"].search([("lead_id", "=", lead.id)])
            self.assertEqual((run.way, decision.way), (way, way))

    def test_what_others_take(self):
        """Leads without team that are left to teams on `odoo` are none of the run's: its numbers add up."""
        self.south.assignment_domain = False
        self.north.assignment_domain = "[('city', '=', 'Testville')]"
        self.far.active = False
        self.make(2, team_id=False, city="Testville")
        theirs = self.make(3, team_id=False)
        self.env["crm.team"]._cron_assign_leads()
        self.assertEqual(theirs.team_id, self.south)
        run = self.env["crm.assignment.run"].search([])
        self.assertRecordValues(run, [{"total": 2, "done": 2, "given": 2, "left": 0}])

    def test_one_at_a_time(self):
        """Starting again while a run is under way shows that run."""
        self.make(1)
        self.assertEqual(self._start(), self._start("lena"))

    def test_stopped_for_good(self):
        """A stopped run keeps what it gave and is not gone on with."""
        self.patch(self.registry["crm.assignment.run"], "_todo", self._todo_and_stop)
        run = self._start()
        self.make(3)
        self.env["crm.assignment.run"]._cron_go_on()
        self.assertRecordValues(run, [{"state": "stopped", "given": 1}])
        self.assertEqual(run.ended, MONDAY)
        self.env["crm.assignment.run"]._cron_go_on()
        self.assertEqual(len(self.env["crm.lead"].search([("user_id", "=", False)])), 2)

    @staticmethod
    def _todo_and_stop(run):
        leads = run.env["crm.lead"].search([("user_id", "=", False)], order="id")
        run._do(leads[:1].ids)
        run.action_stop()
        return leads[1:1].ids

    def test_interrupted(self):
        """A run that was killed is closed when the next one begins; what it had not given is given then."""
        lead = self.make()
        killed = self._start()
        self.env.flush_all()
        long_ago = MONDAY - timedelta(hours=2)
        self.env.cr.execute("UPDATE crm_assignment_run SET write_date = %s WHERE id = %s", (long_ago, killed.id))
        self.env.invalidate_all()
        self.share()
        self.assertRecordValues(killed, [{"state": "failed", "error": "Interrupted"}])
        self.assertTrue(lead.user_id)

    def test_stop_is_seen_between_batches(self):
        """A run that somebody stops while a batch is under way does not begin the next one."""
        self.startPatcher(patch.object(crm_assignment_run, "BATCH", 2))
        original = self.registry["crm.assignment.run"]._share

        def share(run, lead_ids):
            original(run, lead_ids)
            run.action_stop()

        self.patch(self.registry["crm.assignment.run"], "_share", share)
        leads = self.make(5)
        run = self._start()
        self.env["crm.assignment.run"]._cron_go_on()
        self.assertEqual((len(leads.filtered("user_id")), run.state), (2, "stopped"))

    def test_a_finished_run_is_not_stopped(self):
        """What is done stays done, whoever presses Stop on a page that is not up to date."""
        self.make()
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        run.action_stop()
        self.assertEqual(run.state, "done")

    def test_delay(self):
        """Odoo's delay holds: a lead without team is left alone for so many hours after it came."""
        self.env["ir.config_parameter"].set_param("crm.assignment.delay", 2)
        self.north.assignment_domain = False
        lead = self.make(team_id=False)
        for hours, is_given in ((1, False), (3, True)):
            with self.later(hours=hours):
                self.share()
            self.assertEqual(bool(lead.user_id), is_given)

    def test_going_on(self):
        """A run that is gone on with leaves out what it has looked at already, what stayed as well."""
        self.olga.assignment_max, self.otto.assignment_max = 1, 0
        leads = self.make(3)
        run = self._start()
        run._do(leads[:2].ids)
        self.assertFalse(leads[1].user_id)
        self.assertEqual(run._todo(), leads[2:].ids)

    def test_outcome_in_numbers(self):
        """Evenness by team, what stayed and why; the numbers equal the lists behind them."""
        self.olga.assignment_max, self.otto.assignment_max = 2, 1
        self.make(5)
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        self.assertRecordValues(run, [{"given": 3, "left": 2, "left_words": "Who fits has reached the maximum: 2"}])
        self.assertEqual(run.line_ids.mapped("number"), [2, 1])
        self.assertIn("largest difference 1", run.evenness)
        for action, number in ((run.action_open_given(), 3), (run.action_open_left(), 2)):
            self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), number)

    def test_undo(self):
        """Undo puts back what nobody has touched since; it no longer counts against the maximum."""
        leads = self.make(4)
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        leads[0].user_id = self.users["lena"]
        run.with_user(self.users["mona"]).action_undo()
        self.assertEqual([lead.user_id.name for lead in leads], ["Lena", False, False, False])
        self.assertEqual(self.olga.lead_month_count + self.otto.lead_month_count, 1)
        self.assertRecordValues(run, [{"given": 1}])

    def test_undo_leaves_alone(self):
        """What somebody moved to another team, won or lost stays; undoing again changes nothing, not even where the
        lead was given to the same person by another run."""
        leads = self.make(5)
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        leads[0].team_id = self.south
        leads[1].action_set_won()
        leads[2].action_set_lost()
        owners = self.owners(leads)
        run.action_undo()
        self.assertEqual(self.owners(leads), [*owners[:3], False, False])
        self.share()
        self.assertTrue(all(self.owners(leads)))
        given = self.owners(leads)
        run.action_undo()
        self.assertEqual(self.owners(leads), given)

    def test_no_undo_while_under_way(self):
        """A run that is under way has to be stopped first."""
        with self.assertRaises(UserError):
            self._start().action_undo()

    def test_undo_gives_the_team_back_too(self):
        """A lead that came without team has none again."""
        self.north.assignment_domain = False
        lead = self.make(team_id=False)
        self.share()
        self.env["crm.assignment.run"].search([], limit=1).action_undo()
        self.assertFalse(lead.team_id or lead.user_id)

    def test_only_managers_undo(self):
        self.make()
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        with self.assertRaises(AccessError):
            run.with_user(self.users["lena"]).action_undo()
        with self.assertRaises(AccessError):
            run.with_user(self.users["olga"]).read(["state"])

    def test_old_decisions_are_forgotten(self):
        """After the time that is set decisions go; those of 31 days always stay."""
        self.env["ir.config_parameter"].set_param("crm_assignment.keep_days", 5)
        self.make()
        self.share()
        decision = self.env["crm.assignment.decision"].search([])
        for days, number in ((30, 1), (32, 0)):
            with self.later(days=days):
                self.env["crm.assignment.decision"]._cron_forget()
            self.assertEqual(len(decision.exists()), number)
        self.assertEqual(fields.Datetime.now(), MONDAY)

    def test_what_is_told_once(self):
        """A lead that stays has one word on why, however often it is looked at."""
        self.olga.assignment_optout = self.otto.assignment_optout = True
        lead = self.make()
        self.share()
        self.share()
        self.assertEqual(
            self.env["crm.assignment.decision"].search([("lead_id", "=", lead.id)]).mapped("why"), ["paused"]
        )
