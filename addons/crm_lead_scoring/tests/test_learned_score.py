import base64
from dataclasses import replace
from unittest.mock import patch

from odoo.tests import tagged

from ..ml.scorer import flat
from ..ml.store import pack
from ..models import crm_scoring_model_learning as learning
from .learned_common import LearnedScoreCase


@tagged("post_install", "-at_install")
class TestLearnedScore(LearnedScoreCase):
    """What a learned score does to leads, through Odoo's own entry points."""

    def test_nothing_changes_until_switched_on(self):
        """Installed and not switched on: Odoo's job scores as ever, no lead has a score of ours."""
        self._close()
        lead = self._open()
        self.leads._cron_update_automated_probabilities()
        self.assertFalse(lead.win_score_state)
        self.assertFalse(self.env["crm.scoring.model"].search([]))

    def test_learns_from_won_and_lost(self):
        """The nightly call learns, and scores open leads: high where such leads were won, low elsewhere."""
        self._close()
        good, bad = self._open(0), self._open(2)
        version = self._switch_on()
        self.assertRecordValues(
            version, [{"verdict": "scored", "state": "live", "closed_count": 200, "won_count": 100}]
        )
        self.assertGreater(good.win_score, 75)
        self.assertLess(bad.win_score, 25)
        self.assertIn(good.win_score_band, ("A", "B"))
        self.assertIn(bad.win_score_band, ("C", "D"))
        self.assertEqual(bad.win_score_state, "scored")
        self.assertAlmostEqual(good.probability, good.win_score)
        self.assertAlmostEqual(good.automated_probability, good.win_score)

    def test_money_follows(self):
        """S1: after the job the revenues weighted by the probability are right. Odoo leaves them as they were."""
        self._close()
        lead = self._open(0, recurring_revenue=120)
        self._switch_on()
        self.assertAlmostEqual(lead.prorated_revenue, round(10 * lead.probability, 2), places=2)
        self.assertAlmostEqual(lead.recurring_revenue_prorated, 1.2 * lead.probability, places=2)
        self.assertAlmostEqual(
            lead.recurring_revenue_monthly_prorated, lead.recurring_revenue_monthly * lead.probability / 100, places=2
        )

    def test_a_typed_probability_stays(self):
        """What a person typed is kept, by the job and when the lead changes; the score stands beside it."""
        self._close()
        lead = self._open(0)
        lead.probability = 33
        self._switch_on()
        self.assertEqual(lead.probability, 33)
        self.assertGreater(lead.win_score, 75)
        lead.country_id = self.countries[2]
        self._follow()
        self.assertEqual(lead.probability, 33)
        self.assertLess(lead.win_score, 25)

    def test_closed_leads_are_left_alone(self):
        """Won, lost and archived leads keep probability and have no score."""
        closed = self._close()
        archived = self._open(0, active=False, probability=12)
        self._switch_on()
        self.assertEqual(set(closed.mapped("probability")), {0, 100})
        self.assertFalse(any(closed.mapped("win_score_state")))
        self.assertEqual((archived.probability, archived.win_score_state), (12, False))

    def test_right_at_once(self):
        """A new lead is scored as it is created, a changed one as it changes, before the transaction ends."""
        self._close()
        self._switch_on()
        lead = self._open(0)
        self._follow()
        self.assertGreater(lead.win_score, 75)
        lead.country_id = self.countries[3]
        self._follow()
        self.assertLess(lead.win_score, 25)
        self.assertAlmostEqual(lead.probability, lead.win_score)

    def test_saved_form_shows_the_new_score(self):
        """What the form reads right after saving is the score that follows from it."""
        self._close()
        self._switch_on()
        lead = self._open(0)
        self._follow()
        row = lead.web_save({"country_id": self.countries[2].id}, {"win_score": {}, "probability": {}})[0]
        self.assertLess(row["win_score"], 25)
        self.assertAlmostEqual(row["probability"], row["win_score"])

    def test_won_lost_and_back(self):
        """Winning and losing is Odoo's own; who comes back has a learned score again."""
        self._close()
        self._switch_on()
        lead = self._open(0)
        self._follow()
        lead.action_set_lost()
        self._follow()
        self.assertEqual((lead.probability, lead.won_status), (0, "lost"))
        lead.action_restore()
        self._follow()
        self.assertGreater(lead.probability, 75)
        lead.action_set_won()
        self._follow()
        self.assertEqual((lead.probability, lead.won_status), (100, "won"))
        lead.stage_id = self.first_stage
        self._follow()
        self.assertEqual(lead.won_status, "pending")
        self.assertGreater(lead.win_score, 75)

    def test_few_closed_leads(self):
        """Ten closed leads: it says so, and Odoo's own value stays."""
        self._close(10)
        lead = self._open(0)
        version = self._switch_on()
        self.assertEqual(version.verdict, "too_little_data")
        self.assertRecordValues(lead, [{"win_score_state": "too_little_data", "win_score": 0}])
        stock = lead.automated_probability
        lead._compute_probabilities()
        self.assertAlmostEqual(lead.automated_probability, stock)

    def test_only_won_ones(self):
        """A company that never lost: no error, too little to go by."""
        self.leads.create([self._values(number) for number in range(80)]).write({"stage_id": self.won_stage.id})
        self.assertEqual(self._switch_on().verdict, "too_little_data")

    def test_no_better_than_the_base_rate(self):
        """Country says nothing: every open lead shows the base rate, and says so."""
        self._close(right=0.5)
        good, bad = self._open(0), self._open(2)
        version = self._switch_on()
        self.assertEqual(version.verdict, "not_better_than_base_rate")
        self.assertAlmostEqual(good.win_score, version.base_rate, places=1)
        self.assertEqual(good.win_score, bad.win_score)
        self.assertEqual(set((good + bad).mapped("win_score_state")), {"not_better_than_base_rate"})
        self.assertFalse(good.win_score_band)

    def test_team_that_is_not_scored(self):
        """A team may be left out: its leads say so, keep Odoo's own value, and nothing is learned from them."""
        self._close()
        team = self.env["crm.team"].create(
            {"name": "Renewals", "company_id": self.company.id, "scoring_excluded": True}
        )
        lead = self._open(0, team_id=team.id)
        self._close(20).team_id = team
        version = self._switch_on()
        self.assertEqual(version.closed_count, 200)
        self.assertRecordValues(lead, [{"win_score_state": "excluded", "win_score": 0}])
        self.assertFalse(lead._with_learned_score())

    def test_off_switch(self):
        """Switched off, Odoo scores again and nothing of the learned score is left on leads."""
        self._close()
        lead = self._open(0)
        self._switch_on()
        self.company.crm_scoring_engine = "odoo"
        self.leads._cron_update_automated_probabilities()
        self.assertRecordValues(lead, [{"win_score": 0, "win_score_state": False, "win_score_band": False}])
        probability = lead.automated_probability
        lead._compute_probabilities()
        self.assertAlmostEqual(lead.automated_probability, probability)

    def test_only_what_moved_is_written(self):
        """The next night writes nothing where nothing moved by half a point."""
        self._close()
        lead = self._open(0)
        self._switch_on()
        before = lead.win_score_at
        self.env.cr.execute("UPDATE crm_lead SET win_score_at = '2020-01-01' WHERE id = %s", [lead.id])
        self.env.invalidate_all()
        self.leads._cron_update_automated_probabilities()
        self.assertNotEqual(lead.win_score_at, before)
        self.assertEqual(lead.win_score_at.year, 2020)

    def test_reading_why_never_writes(self):
        """S15: Odoo's tooltip sets the probability when it can't compute one; with the learned score it only reads."""
        self._close()
        lead = self._open(0)
        self._switch_on()
        self.env.flush_all()
        before = lead.probability, lead.write_date
        lead.prepare_pls_tooltip_data()
        self.assertFalse(self.env.cache.get_dirty_fields())
        self.assertEqual((lead.probability, lead.write_date), before)

    def test_batch_is_single(self):
        """S10: many leads at once have the scores that each has alone."""
        self._close()
        self._switch_on()
        leads = self.leads.create([self._values(number) for number in range(8)])
        self._follow()
        together = leads.mapped("win_score")
        for lead, score in zip(leads, together, strict=True):
            self.leads._score_refresh(lead.ids, moved=0)
            self.assertAlmostEqual(lead.win_score, score)

    def test_empty_input(self):
        """S13: no leads, no error, whoever unpacks the answer of a real one gets two dicts."""
        self._close()
        self._switch_on()
        self.assertFalse(self.leads._pls_get_naive_bayes_probabilities())
        lead = self._open(0)
        probabilities, tooltip = lead._pls_get_naive_bayes_probabilities()
        self.assertEqual(list(probabilities), lead.ids)
        self.assertEqual(tooltip, {})

    def test_one_won_deal_says_little(self):
        """S9: a team's single won deal does not lift its new leads far above the company's rate."""
        self._close(right=0.6)
        other = self.env["crm.team"].create({"name": "Small", "company_id": self.company.id})
        self._open(0, team_id=other.id).write({"stage_id": self.won_stage.id})
        new, known = self._open(0, team_id=other.id), self._open(0)
        self._switch_on()
        self.assertLess(abs(new.win_score - known.win_score), 15)

    def test_saving_takes_few_queries(self):
        """Saving a lead with the learned score takes at most three queries more than without our score."""
        self._close()
        lead = self._open(0)
        self._follow()

        def save(country):
            self.env.invalidate_all()
            count = self.cr.sql_log_count
            lead.country_id = country
            self._follow()
            return self.cr.sql_log_count - count

        save(self.countries[1])
        without = save(self.countries[0])
        self._switch_on()
        save(self.countries[1])
        self.assertLessEqual(save(self.countries[0]) - without, 3)

    def test_no_table_is_emptied(self):
        """S12: Odoo empties its table of counts and holds the lock while it scores; with the learned score in use
        nothing is counted and nothing is locked."""
        self._close()
        self._switch_on_everywhere()
        with patch.object(type(self.leads), "_rebuild_pls_frequency_table") as rebuild:
            self.leads._cron_update_automated_probabilities()
        self.assertFalse(rebuild.called)

    def test_reopened_leads_leave_nothing_behind(self):
        """S11: Odoo's live counts drift when a won lead is reopened with another country; here nothing is counted."""
        self._close()
        self._switch_on()
        counts = self.env["crm.lead.scoring.frequency"]
        lead = self._open(0)
        before = [(row.variable, row.value, row.won_count, row.lost_count) for row in counts.search([])]
        lead.stage_id = self.won_stage
        lead.write({"stage_id": self.first_stage.id, "country_id": self.countries[3].id})
        self._follow()
        after = [(row.variable, row.value, row.won_count, row.lost_count) for row in counts.search([])]
        self.assertEqual(after, before)
        self.assertLess(lead.win_score, 25)

    def test_a_field_that_odoo_cannot_count(self):
        """S14: a field without a column among Odoo's scoring fields stops Odoo's job; not the learned score."""
        self._close()
        lead = self._open(0)
        self.env["ir.config_parameter"].set_param("crm.pls_fields", "country_id,activity_state")
        self._switch_on_everywhere()
        self.assertGreater(lead.win_score, 75)


@tagged("post_install", "-at_install")
class TestVersions(LearnedScoreCase):
    """Versions of what was learned: kept, compared, put back in use, and hostile bytes."""

    def test_learned_anew_when_enough_closed(self):
        """A second night with no new closed leads learns nothing; with many more it learns a second version."""
        self._close()
        first = self._switch_on()
        self.leads._cron_update_automated_probabilities()
        self.assertEqual(self.env["crm.scoring.model"].search([]), first)
        self._close(40)
        self.leads._cron_update_automated_probabilities()
        versions = self.env["crm.scoring.model"].search([])
        self.assertRecordValues(versions, [{"number": 2, "state": "live"}, {"number": 1, "state": "kept"}])

    def test_learned_from_the_newest(self):
        """Learned from the newest closed leads only, it is due when more have closed, not because there were more."""
        self._close()
        newest = type(self.leads)._score_closed_leads
        with patch.object(
            type(self.leads), "_score_closed_leads", lambda own, company, _limit: newest(own, company, 120)
        ):
            version = self._switch_on()
        self.assertEqual(version.closed_count, 120)
        self.assertFalse(version._is_due(self.company))
        self._close(20)
        self.assertTrue(version._is_due(self.company))

    def test_one_click_back(self):
        """A manager puts an earlier version in use; the other is kept."""
        self._close()
        first = self._switch_on()
        second = self.env["crm.scoring.model"]._learn(self.company)
        self.assertEqual((first.state, second.state), ("kept", "live"))
        first.action_put_in_use()
        self.assertEqual((first.state, second.state), ("live", "kept"))
        self.assertEqual(self.env["crm.scoring.model"]._serving(self.company.id)[0], first.id)

    def test_a_worse_version_is_refused(self):
        """What is further off on deals closed since the one in use was learned is kept and does not score."""
        self._close()
        first = self._switch_on()
        first.trained_at = "2020-01-01"
        versions = self.env["crm.scoring.model"]
        wrong = learning.learn

        def learn_the_opposite(history, **options):
            found = wrong(history, **options)
            return replace(found, chance=1 - found.chance)

        with patch.object(learning, "learn", learn_the_opposite):
            second = versions._learn(self.company)
        self.assertEqual((first.state, second.state), ("live", "refused"))
        self.assertIn("further off", second.reason)
        self.assertEqual(versions._serving(self.company.id)[0], first.id)

    def test_spoiled_parameters(self):
        """Bytes that are not those that were stored score nothing: Odoo's own scoring counts, and the log says why."""
        self._close()
        version = self._switch_on()
        for params in (b"AAAA", base64.b64encode(pack(flat(0.9)))):
            version.params = params
            self.env.registry.clear_cache()
            with self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_scoring_model", "ERROR"):
                self.assertIsNone(self.env["crm.scoring.model"]._serving(self.company.id))
        lead = self._open(0)
        self._follow()
        self.assertTrue(lead.exists())

    def test_learning_that_fails(self):
        """Learning breaks half-way: the log says so, the version in use goes on, and open leads are scored."""
        self._close()
        first = self._switch_on()
        self._close(40)
        lead = self._open(0)
        with (
            patch.object(learning, "pack", side_effect=MemoryError),
            self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_scoring_model_learning", "ERROR"),
        ):
            self.leads._cron_update_automated_probabilities()
        self.assertEqual(self.env["crm.scoring.model"].search([]), first)
        self.assertGreater(lead.win_score, 75)

    def test_without_the_library(self):
        """scikit-learn is missing: nothing is learned, nothing fails, what was learned goes on."""
        self._close()
        self._switch_on()
        versions = self.env["crm.scoring.model"]
        self.patch(type(versions), "_is_learning_possible", lambda self: False)
        with self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_scoring_model_learning", "WARNING"):
            self.assertFalse(versions._learn(self.company))
        lead = self._open(0)
        self._follow()
        self.assertGreater(lead.win_score, 75)
