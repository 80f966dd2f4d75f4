from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .learned_common import LearnedScoreCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestScoringTours(LearnedScoreCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._close()
        manager = new_test_user(
            cls.env, login="score_mona", groups="sales_team.group_sale_manager", company_id=cls.company.id,
            company_ids=cls.company.ids,
        )  # fmt: skip
        for place, name in ((0, "Good one"), (2, "Bad one")):
            cls._open(place, name=name, user_id=manager.id)
        cls.first = cls._switch_on()

    def test_popover_and_order(self):
        """Somebody opens the reasons of a score on a card, and sorts a list by score, best first."""
        self.start_tour("/odoo/crm", "crm_lead_scoring_popover", login="score_mona")

    def test_earlier_version(self):
        """A manager finds the versions by the menu and puts the earlier one in use."""
        # nothing has closed since, so the two are not compared
        self.first.trained_at = fields.Datetime.add(fields.Datetime.now(), days=1)
        second = self.env["crm.scoring.model"]._learn(self.company)
        self.assertEqual((self.first.state, second.state), ("kept", "live"))
        self.start_tour("/odoo/crm", "crm_lead_scoring_versions", login="score_mona")
        self.assertEqual((self.first.state, second.state), ("live", "kept"))
