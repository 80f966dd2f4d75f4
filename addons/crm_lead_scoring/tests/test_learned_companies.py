from odoo.tests import tagged

from .learned_common import LearnedScoreCase


@tagged("post_install", "-at_install")
class TestLearnedCompanies(LearnedScoreCase):
    """Two companies: each learns from its own deals, and leads without company belong somewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.other_team = cls.env["crm.team"].create({"name": "Other Team", "company_id": cls.other.id})
        cls._close(120)
        # in the other company it is the other way round: what wins here is lost there
        leads = cls.leads.create(
            [cls._values(number, company_id=cls.other.id, team_id=cls.other_team.id) for number in range(120)]
        )
        won = leads.browse(lead.id for number, lead in enumerate(leads) if (number % 4 >= 2) == (number // 4 % 10 < 9))
        won.write({"stage_id": cls.won_stage.id})
        (leads - won).action_set_lost()
        cls.env.flush_all()

    def test_histories_are_not_mixed(self):
        """The same country is good in one company and bad in the other."""
        here = self._open(0)
        there = self._open(0, company_id=self.other.id, team_id=self.other_team.id)
        (self.company + self.other).crm_scoring_engine = "suite"
        self.leads._cron_update_automated_probabilities()
        self.assertGreater(here.win_score, 70)
        self.assertLess(there.win_score, 30)

    def test_learning_together(self):
        """Where a setting says so they learn from both: the country says nothing any more."""
        self.env["ir.config_parameter"].set_param("crm_lead_scoring.learn_together", "1")
        lead = self._open(0)
        (self.company + self.other).crm_scoring_engine = "suite"
        self.leads._cron_update_automated_probabilities()
        version = self.env["crm.scoring.model"].search([("company_id", "=", self.company.id)])
        self.assertEqual(version.closed_count, 240)
        self.assertTrue(lead.win_score_state)

    def test_one_switched_over_the_other_not(self):
        """The company that stays with Odoo's own scoring has Odoo's values and no score of ours."""
        here = self._open(0)
        there = self._open(0, company_id=self.other.id, team_id=self.other_team.id)
        self.env["ir.config_parameter"].set_param("crm.pls_start_date", "2000-01-01")
        self.company.crm_scoring_engine = "suite"
        self.leads._cron_update_automated_probabilities()
        self.assertEqual(here.win_score_state, "scored")
        self.assertFalse(there.win_score_state)
        self.assertGreater(there.automated_probability, 0)

    def test_leads_without_company(self):
        """They follow their team's company, and belong to the main one where they have no team."""
        (self.company + self.other).crm_scoring_engine = "suite"
        self.leads._cron_update_automated_probabilities()
        of_team = self._open(0, company_id=self.other.id, team_id=self.other_team.id)
        of_nobody = self._open(0, company_id=False, team_id=False)
        self._follow()
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id = ANY(%s)", [(of_team + of_nobody).ids])
        self.env.invalidate_all()
        self.leads._score_refresh((of_team + of_nobody).ids, moved=0)
        self.assertEqual([lead._score_company_id() for lead in of_team + of_nobody], [self.other.id, self.company.id])
        self.assertLess(of_team.win_score, 30)
        self.assertGreater(of_nobody.win_score, 60)

    def test_one_switches_back(self):
        """A company that goes back to Odoo's own scoring loses its scores; the other's stay."""
        here = self._open(0)
        there = self._open(0, company_id=self.other.id, team_id=self.other_team.id)
        (self.company + self.other).crm_scoring_engine = "suite"
        self.leads._cron_update_automated_probabilities()
        self.assertEqual(set((here + there).mapped("win_score_state")), {"scored"})
        self.other.crm_scoring_engine = "odoo"
        self.leads._cron_update_automated_probabilities()
        self.assertEqual((here.win_score_state, there.win_score_state), ("scored", False))
