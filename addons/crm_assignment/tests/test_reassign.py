from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestReassign(AssignmentCase):
    def _reassign(self, leads, names, person="mona", **vals):
        wizard = (
            self.env["crm.assignment.reassign"]
            .with_user(self.users[person])
            .with_context(active_model="crm.lead", active_ids=leads.ids)
            .create({"user_ids": [self.users[name].id for name in names], **vals})
        )
        return wizard.action_reassign()

    def test_evenly_and_back(self):
        """Leads go evenly to those chosen, their maximums untouched; Undo gives each its owner back."""
        leads = self.make(4, user_id=self.users["lena"].id)
        self._reassign(leads, ["olga", "otto"])
        self.assertEqual(self.owners(leads), ["Olga", "Otto", "Olga", "Otto"])
        self.assertEqual(self.olga.lead_month_count, 0)
        run = self.env["crm.assignment.run"].search([], limit=1)
        self.assertRecordValues(run, [{"way": "by_hand", "given": 4, "state": "done"}])
        run.action_undo()
        self.assertEqual(self.owners(leads), ["Lena"] * 4)

    def test_to_another_team(self):
        lead = self.make(user_id=self.users["olga"].id)
        self._reassign(lead, ["sara"], team_id=self.south.id)
        self.assertRecordValues(lead, [{"user_id": self.users["sara"].id, "team_id": self.south.id}])

    def test_closed_leads_stay(self):
        """What is won or lost keeps its owner."""
        leads = self.make(2, user_id=self.users["lena"].id)
        leads[0].action_set_won()
        self._reassign(leads, ["olga"])
        self.assertEqual(self.owners(leads), ["Lena", "Olga"])

    def test_who_may(self):
        """Leaders what they see; salespersons have no such button."""
        mine, other = (
            self.make(user_id=self.users["olga"].id),
            self.make(team_id=self.south.id, user_id=self.users["sara"].id),
        )
        self._reassign(mine, ["otto"], "lena")
        self.assertEqual(mine.user_id.name, "Otto")
        with self.assertRaises(AccessError):
            self._reassign(other, ["otto"], "lena")
        with self.assertRaises(AccessError):
            self._reassign(mine, ["olga"], "olga")
        with self.assertRaises(UserError):
            self._reassign(mine, [])
