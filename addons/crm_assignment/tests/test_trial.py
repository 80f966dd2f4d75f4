from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestTrial(AssignmentCase):
    def _trial(self, person="mona", **vals):
        action = self.north.with_user(self.users[person]).action_try_assignment()
        trial = self.env[action["res_model"]].with_user(self.users[person]).browse(action["res_id"])
        trial.write(vals)
        trial.action_try()
        return trial

    def test_against_what_happened(self):
        """Six leads that all went to one person would have gone evenly; nothing is written."""
        self.north.assignment_method = "odoo"
        leads = self.make(6, user_id=self.users["olga"].id, expected_revenue=100)
        trial = self._trial()
        lines = {line.user_id.name: (line.was, line.would, line.value_would) for line in trial.line_ids}
        self.assertEqual(lines, {"Olga": (6, 3, 300), "Otto": (0, 3, 300)})
        self.assertEqual((trial.gap_was, trial.gap_would, trial.lead_count, trial.left_count), (6, 0, 6, 0))
        self.assertEqual(set(leads.mapped("user_id.name")), {"Olga"})
        self.assertFalse(self.env["crm.assignment.decision"].search([]))

    def test_maximums_count_for_as_many_days(self):
        """Half of the days, half of the maximum; what stays says why."""
        self.olga.assignment_max = self.otto.assignment_max = 4
        self.make(6, user_id=self.users["olga"].id)
        trial = self._trial(days=15)
        self.assertEqual((trial.left_count, trial.left_words), (2, "Who fits has reached the maximum: 2"))

    def test_nothing_is_kept_back(self):
        """A team that keeps to each day's share: its past leads are not all of one day."""
        self.north.assignment_hold = True
        self.make(14, user_id=self.users["olga"].id)
        self.assertEqual(self._trial(days=30).left_count, 0)

    def test_who_can_not_be_given_leads(self):
        """Paused members are shown, but make nothing uneven."""
        self.otto.assignment_optout = True
        self.make(3, user_id=self.users["olga"].id)
        trial = self._trial()
        self.assertEqual(len(trial.line_ids), 2)
        self.assertEqual((trial.gap_was, trial.gap_would), (0, 0))

    def test_switch_on(self):
        self.north.assignment_method = "odoo"
        trial = self._trial(method="least_loaded")
        self.assertFalse(trial.is_on)
        trial.action_switch_on()
        self.assertEqual(self.north.assignment_method, "least_loaded")

    def test_leaders_of_their_own_teams(self):
        """A leader tries and switches on for his own team, not for another one."""
        self._trial("lena").action_switch_on()
        with self.assertRaises(UserError):
            trial = self.env["crm.assignment.trial"].with_user(self.users["lena"]).create({"team_id": self.south.id})
            trial.action_try()
