from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AssignmentCase

MODELS = ("crm.assignment.run", "crm.assignment.decision", "crm.assignment.run.line", "crm.assignment.turn")
READERS = {  # person -> models that he reads
    "olga": (),
    "lena": MODELS[:3],
    "aldo": MODELS[:3],
    "mona": MODELS[:3],
    "petra": (),
}


@tagged("post_install", "-at_install")
class TestSecurity(AssignmentCase):
    def test_who_reads(self):
        """Leaders and managers read runs and decisions; nobody but the system reads turns, nobody writes."""
        self.make()
        self.share()
        for person, models in READERS.items():
            for model in MODELS:
                records = self.env[model].with_user(self.users[person])
                self.assertEqual(records.has_access("read"), model in models, (person, model))
                self.assertFalse(records.has_access("create"), (person, model))
        decision = self.env["crm.assignment.decision"].search([], limit=1)
        for person in READERS:
            with self.assertRaises(AccessError):
                decision.with_user(self.users[person]).write({"why": "filter"})

    def test_leaders_see_their_own_teams(self):
        """A leader sees runs and decisions of teams that he leads, a manager all of his companies."""
        self.south.assignment_method = self.far.assignment_method = "round_robin"
        self.make()
        self.make(team_id=self.south.id)
        self.make(team_id=self.far.id, company_id=self.company_b.id)
        for team in (self.north, self.south, self.far):
            self.share(team)
        for person, names in (("lena", {"North"}), ("mona", {"North", "South"}), ("aldo", set())):
            for model, field in (("crm.assignment.run", "team_ids.name"), ("crm.assignment.decision", "team_id.name")):
                found = self.env[model].with_user(self.users[person]).search([])
                self.assertEqual(set(found.mapped(field)), names, (person, model))

    def test_two_companies_in_one_run(self):
        """One run for all companies: each lead stays in its own, shared teams take what their members may."""
        self.far.assignment_method = "round_robin"
        here, there = self.make(), self.make(team_id=self.far.id, company_id=self.company_b.id)
        (self.north + self.far)._action_assign_leads(force_quota=True, creation_delta_days=0)
        self.assertEqual((here.user_id.name, there.user_id.name), ("Olga", "Fred"))
        self.assertEqual((here.company_id, there.company_id), (self.company_a, self.company_b))

    def test_public_methods(self):
        """What the web client can call checks rights itself."""
        self.make()
        self.share()
        run = self.env["crm.assignment.run"].search([], limit=1)
        for call in (
            lambda: run.with_user(self.users["olga"]).action_stop(),
            lambda: run.with_user(self.users["lena"]).action_stop(),
            lambda: self.north.with_user(self.users["olga"]).action_run_assignment(),
            lambda: self.north.with_user(self.users["olga"]).action_switch_off_assignment(),
            lambda: self.south.with_user(self.users["lena"]).action_switch_off_assignment(),
        ):
            with self.assertRaises(Exception):  # noqa: B017  (AccessError or UserError, each says why)
                call()
        self.assertEqual(self.north.assignment_method, "round_robin")
