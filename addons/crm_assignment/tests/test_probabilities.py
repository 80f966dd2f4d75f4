from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestProbabilities(AssignmentCase):
    """Leads that are given at once have the probabilities that Odoo gives each alone (S10)."""

    def setUp(self):
        super().setUp()
        self.env["crm.lead.scoring.frequency"].search([]).unlink()
        self.stage = self.env["crm.stage"].search([("team_ids", "=", False)], order="sequence, id", limit=1)

    def count(self, team, won, lost):
        self.env["crm.lead.scoring.frequency"].create(
            {
                "variable": "stage_id",
                "value": str(self.stage.id),
                "won_count": won,
                "lost_count": lost,
                "team_id": team.id,
            }
        )

    def at_once_and_alone(self, leads):
        at_once = leads._pls_get_naive_bayes_probabilities()[0]
        alone = {}
        for lead in leads:
            alone.update(lead._pls_get_naive_bayes_probabilities()[0])
        return at_once, alone

    def test_no_frequencies(self):
        """Where nothing was won or lost yet, sharing out leaves the probabilities as they are."""
        self.north.assignment_domain = False
        leads = self.make(4, team_id=False, stage_id=self.stage.id)
        self.assertEqual(self.at_once_and_alone(leads), ({}, {}))
        before = leads.mapped("automated_probability")
        self.share()
        self.assertEqual(leads.team_id, self.north)
        self.assertEqual(leads.mapped("automated_probability"), before)

    def test_teams_with_and_without(self):
        """A team that has lost nothing yet, between leads of one that has: none takes over the other's."""
        self.count(self.south, 8, 2)
        self.count(self.north, 3, 0)
        leads = self.make(6, stage_id=self.stage.id)
        (leads[0] + leads[3]).team_id = self.south
        at_once, alone = self.at_once_and_alone(leads)
        self.assertEqual(set(alone), {leads[0].id, leads[3].id})
        self.assertEqual(at_once, alone)
