import logging

from odoo.tests import freeze_time, new_test_user, tagged

from .common import GamificationCase

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestUpdate(GamificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.switch(True)

    @freeze_time("2026-03-10")
    def test_follows_up_and_down(self):
        """A goal is reached, falls back and is reached again as deals come and go."""
        challenge = self.challenge(target=2)
        deals = self.deals(self.olga, "2026-03-09", 2)
        goal = self.goal_of(challenge, self.olga)
        for owner, expected in (
            (self.olga, (2, "reached")),
            (self.otto, (0, "inprogress")),
            (self.olga, (2, "reached")),
        ):
            deals.user_id = owner
            self.run_job(challenge)
            self.assertEqual((goal.current, goal.state), expected)

    def test_last_day_counts(self):
        """On its last day a goal is open; the day after, it is counted once more and then closed."""
        with freeze_time("2026-03-10"):
            challenge = self.challenge(target=2)
            self.deals(self.olga, "2026-03-09")
        with freeze_time("2026-03-31"):
            self.run_job(challenge)
            hers, his = self.goal_of(challenge, self.olga), self.goal_of(challenge, self.otto)
            self.assertEqual((hers.state, his.state), ("inprogress", "inprogress"))
            self.deals(self.olga, "2026-03-31")
        with freeze_time("2026-04-01"):
            self.run_job(challenge)
            self.assertRecordValues(
                hers | his,
                [
                    {"current": 2, "state": "reached", "closed": False},
                    {"current": 0, "state": "failed", "closed": True},
                ],
            )
            self.deals(self.otto, "2026-03-31", 2)
            self.run_job(challenge)
        self.assertEqual((his.current, his.state), (0, "failed"), "what is closed is not counted again")

    def test_left_over(self):
        """Goals of a challenge that was closed long ago are decided by the next job, not open for ever."""
        with freeze_time("2026-03-10"):
            challenge = self.challenge(target=2)
            self.switch(False)
            challenge.state = "done"
            self.switch(True)
            self.deals(self.olga, "2026-03-09", 2)
        with freeze_time("2026-06-01"):
            self.challenges._cron_update(commit=False)
        self.assertEqual([self.goal_of(challenge, user).state for user in self.people], ["reached", "failed", "failed"])

    def test_nightly_job(self):
        """Odoo's own job, with its commits in between, does all that: counts, pays and starts the next period."""
        with freeze_time("2026-03-10"):
            challenge = self.challenge(target=2, reward_first_id=self.medal.id)
            self.deals(self.olga, "2026-03-09", 2)
        with freeze_time("2026-04-01"), self.enter_registry_test_mode():
            self.env.ref("gamification.ir_cron_check_challenge").method_direct_trigger()
        self.assertEqual(self.goal_of(challenge, self.olga, start_date="2026-03-01").state, "reached")
        self.assertEqual(self.goal_of(challenge, self.olga, start_date="2026-04-01").state, "inprogress")
        self.assertEqual(self.given(self.medal), ["Olga"])

    @freeze_time("2026-03-10")
    def test_by_domain(self):
        """A definition that is not in batch counts the same, by a domain that names the person."""
        definition = self.definition(batch_mode=False, domain="[('referred', '=', 'game'), ('user_id', '=', user.id)]")
        challenge = self.challenge(target=2, definition=definition)
        self.deals(self.olga, "2026-03-09", 2)
        self.deals(self.olga, "2026-02-27", 5)
        self.run_job(challenge)
        self.assertEqual([self.goal_of(challenge, user).current for user in self.people], [2, 0, 0])

    @freeze_time("2026-03-10")
    def test_recorded_by_hand(self):
        """A goal that is recorded by hand is reached with its value; marked reached by a person, it stays so."""
        challenge = self.challenge(target=2, definition=self.definition(computation_mode="manually"))
        hers, his = self.goal_of(challenge, self.olga), self.goal_of(challenge, self.otto)
        hers.current = 3
        his.action_reach()
        self.run_job(challenge)
        self.assertEqual((hers.state, his.state), ("reached", "reached"))
        with freeze_time("2026-04-01"):
            self.run_job(challenge)
        self.assertEqual(self.goal_of(challenge, self.sara, start_date="2026-03-01").state, "failed")
        self.assertEqual((hers.state, his.state), ("reached", "reached"))

    @freeze_time("2026-03-10")
    def test_lower_is_better(self):
        """At the target a goal of "at most" is reached, and complete; above it, it is not."""
        challenge = self.challenge(target=1, definition=self.definition(condition="lower"))
        self.deals(self.olga, "2026-03-09", 2)
        self.deals(self.otto, "2026-03-09")
        self.run_job(challenge)
        goals = self.env["gamification.goal"].union(*(self.goal_of(challenge, user) for user in self.people))
        self.assertEqual(
            {goal.user_id.name: (goal.current, goal.state, goal.completeness) for goal in goals},
            {"Olga": (2, "inprogress", 0), "Otto": (1, "reached", 100), "Sara": (0, "reached", 100)},
        )

    @freeze_time("2026-03-10")
    def test_who_left(self):
        """Who takes part no more has no goal any more, who comes gets one, and nobody gets two."""
        challenge = self.challenge(people=self.olga | self.otto)
        challenge.user_ids = self.otto | self.sara
        for _time in range(2):
            self.run_job(challenge)
            goals = self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])
            self.assertEqual(sorted(goals.user_id.mapped("name")), ["Otto", "Sara"])
            self.assertEqual(len(goals), 2)

    @freeze_time("2026-03-10")
    def test_onboarding_as_odoo(self):
        """Steps in one's own profile, without an end, are left to Odoo's job: only who is online takes one."""
        challenge = self.challenge(target=2, period="once", challenge_category="other")
        self.deals(self.olga, "2026-03-11", 2)
        self.run_job(challenge)
        self.assertEqual(self.goal_of(challenge, self.olga).current, 0)
        challenge.challenge_category = "hr"
        self.run_job(challenge)
        self.assertEqual(self.goal_of(challenge, self.olga).current, 2)

    @freeze_time("2026-03-10")
    def test_refresh_by_a_manager(self):
        """A sales manager's refresh gives the job's figures, another company's person included."""
        fred = self.users["fred"]
        challenge = self.challenge(target=2, people=self.people | fred)
        self.deals(fred, "2026-03-09", 2)
        challenge.with_user(self.users["mona"]).action_check()
        self.assertEqual(self.goal_of(challenge, fred).current, 2)

    def _queries(self, people, definition, start):
        """How many queries it takes to start a challenge of these people, or to bring it up to date."""
        challenge = self.challenge(people=people, definition=definition, starts=not start)
        self.env["crm.lead"].search([("referred", "=", "game")]).unlink()
        for user in people:
            self.deals(user, "2026-03-09")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        if start:
            challenge.action_start()
        else:
            self.run_job(challenge)
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        goals = self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])
        self.assertEqual((len(goals), set(goals.mapped("current"))), (len(people), {1}))
        return queries

    def test_time_zones(self):
        """A deal closed late on the last day of March is one of March, for the job as for a manager further east."""
        field = self.env["ir.model.fields"]._get("crm.lead", "date_closed")
        mona = self.users["mona"]
        mona.tz = "Asia/Tokyo"
        with freeze_time("2026-03-31 23:45:00"):
            challenge = self.challenge(target=2, definition=self.definition(field_date_id=field.id))
            self.deals(self.olga, False).date_closed = "2026-03-31 23:30:00"
            goal = self.goal_of(challenge, self.olga)
            for asking in (self.env.ref("base.user_root"), mona):
                goal.with_user(asking).with_context(tz=asking.tz).update_goal()
                self.assertEqual(goal.current, 1, asking.name)

    @freeze_time("2026-03-10")
    def test_queries(self):
        """A hundred people take the same few queries as one, in batch as by a domain that names the person."""
        many = self.env["res.users"].union(
            *(new_test_user(self.env, f"game{number}", "sales_team.group_sale_salesman") for number in range(100))
        )
        by_domain = {"batch_mode": False, "domain": "[('referred', '=', 'game'), ('user_id', '=', user.id)]"}
        for vals in ({}, by_domain):
            for start in (True, False):
                definition = self.definition(**vals)
                with self.subTest(start=start, **vals):
                    self._queries(self.olga, definition, start)  # what is read once only
                    one, hundred = (self._queries(people, definition, start) for people in (self.olga, many))
                    _logger.info("%s and %s queries for one and for a hundred people", one, hundred)
                    self.assertLessEqual(hundred, one + 3, "queries for one and for a hundred")
                    self.assertLessEqual(one, 20, "queries for one")

    @freeze_time("2026-03-10")
    def test_queries_of_challenges(self):
        """Ten challenges of the same goal are brought up to date with the same queries as one."""
        definition, asked = self.definition(), []
        for number in (1, 1, 10):
            challenges = self.challenges.union(*(self.challenge(definition=definition) for _one in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.run_job(challenges)
            self.env.flush_all()
            asked.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(asked[2], asked[1] + 3)
