from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import SuiteCase


class ChallengeCase(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.won_deals = cls.env["gamification.goal.definition"].create(
            {
                "name": "Deals won in the suite",
                "computation_mode": "count",
                "model_id": cls.env["ir.model"]._get("crm.lead").id,
                "domain": "[('won_status', '=', 'won'), ('user_id', '=', user.id)]",
                "condition": "higher",
            }
        )
        cls.badge = cls.env["gamification.badge"].create({"name": "Closer of the month", "rule_auth": "everyone"})
        for name, user in (("First", cls.otto), ("Second", cls.otto), ("Third", cls.erik)):
            cls._make_opportunity(name, user).action_set_won()

    def _goals(self, challenge):
        return self.env["gamification.goal"].search(
            [("challenge_id", "=", challenge.id), ("user_id", "in", (self.otto + self.erik).ids)]
        )


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestChallengeOnScreen(ChallengeCase):
    def test_manager_starts_a_challenge(self):
        """F26: a sales manager makes a challenge with goal and badge under CRM, starts it and sees who stands where."""
        self.start_tour("/odoo", "crm_suite_challenge", login=self.mara.login)
        challenge = self.env["gamification.challenge"].search([("name", "=", "Who closes the most deals?")])
        self.assertRecordValues(challenge, [{"state": "inprogress", "reward_id": self.badge.id}])
        self.assertEqual({goal.user_id: goal.current for goal in self._goals(challenge)}, {self.otto: 2, self.erik: 1})


@tagged("post_install", "-at_install")
class TestChallenge(ChallengeCase):
    def test_who_wins_most(self):
        """F26: a manager's challenge on won deals counts per person, ranks the board and rewards the winner."""
        today = fields.Date.today()
        challenge = (
            self.env["gamification.challenge"]
            .with_user(self.mara)
            .create(
                {
                    "name": "Who closes the most deals this month?",
                    "period": "once",
                    # without dates Odoo finds no goal when it ranks, and rewards the first by name
                    "start_date": today,
                    "end_date": today + relativedelta(days=30),
                    "visibility_mode": "ranking",
                    "user_domain": repr([("id", "in", (self.otto + self.erik).ids)]),
                    "reward_first_id": self.badge.id,
                    "line_ids": [Command.create({"definition_id": self.won_deals.id, "target_goal": 2})],
                }
            )
        )
        challenge.action_start()
        self._make_opportunity("Fourth", self.otto).action_set_won()
        self._goals(challenge).update_goal()
        self.assertEqual({goal.user_id: goal.current for goal in self._goals(challenge)}, {self.otto: 3, self.erik: 1})
        board = challenge._get_serialized_challenge_lines()[0]["goals"]
        ranked = [place["user_id"] for place in board if place["user_id"]]
        self.assertEqual(ranked, [self.otto.id, self.erik.id])
        challenge.state = "done"
        self.assertEqual(self.badge.owner_ids.user_id, self.otto)

    def test_badge_from_a_colleague(self):
        """F26: a badge may be given by hand, with a word to it."""
        wizard = self.env["gamification.badge.user.wizard"].with_user(self.lena)
        wizard.create(
            {"badge_id": self.badge.id, "user_id": self.otto.id, "comment": "For the fair"}
        ).action_grant_badge()
        self.assertRecordValues(self.badge.owner_ids, [{"user_id": self.otto.id, "comment": "For the fair"}])
