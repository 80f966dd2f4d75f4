from odoo.tests import freeze_time, tagged

from .common import GamificationCase


@tagged("post_install", "-at_install")
class TestRewards(GamificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.switch(True)

    def _in_march(self, **vals):
        """Olga reaches her two deals in March, Otto has one, Sara none."""
        with freeze_time("2026-03-10"):
            challenge = self.challenge(
                **{
                    "reward_id": self.badge.id,
                    "reward_realtime": False,
                    "reward_first_id": self.medal.id,
                    **vals,
                }
            )
            self.deals(self.olga, "2026-03-09", 2)
            self.deals(self.otto, "2026-03-09")
        return challenge

    def _run_on(self, challenge, *days):
        for day in days:
            with freeze_time(day):
                self.run_job(challenge)

    def test_once_a_period(self):
        """The job runs twice on the day after, and on the next: one badge and one medal."""
        challenge = self._in_march()
        self._run_on(challenge, "2026-03-31")
        self.assertEqual(self.given(self.badge) + self.given(self.medal), [])
        self._run_on(challenge, "2026-04-01", "2026-04-01", "2026-04-02")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))
        said = challenge.message_ids.filtered(lambda message: "03/31/2026" in message.body)
        self.assertEqual(len(said), 1)

    def test_job_was_off(self):
        """The job was off from before the end of March until the middle of May: March is paid, once."""
        challenge = self._in_march()
        self._run_on(challenge, "2026-05-15", "2026-05-16")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))

    def test_each_period(self):
        """Otto is first in April: each month has its own."""
        challenge = self._in_march()
        self._run_on(challenge, "2026-04-01")
        self.deals(self.otto, "2026-04-15", 2)
        self._run_on(challenge, "2026-05-01")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga", "Otto"], ["Olga", "Otto"]))

    def test_second_and_third(self):
        """With a reward for who has failed, too, the next two get theirs in the order of what they have done."""
        second, third = self.env["gamification.badge"].create([{"name": "Second"}, {"name": "Third"}])
        challenge = self._in_march(
            reward_second_id=second.id, reward_third_id=third.id, reward_failure=True, reward_id=False
        )
        self._run_on(challenge, "2026-04-01")
        self.assertEqual([self.given(badge) for badge in (self.medal, second, third)], [["Olga"], ["Otto"], ["Sara"]])

    def test_as_soon_as_reached(self):
        """A badge that is given as soon as all is reached comes at once, and once for good; the medal in the end."""
        challenge = self._in_march(reward_realtime=True)
        self._run_on(challenge, "2026-03-11", "2026-03-12")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], []))
        self.deals(self.otto, "2026-03-31")
        self._run_on(challenge, "2026-04-01")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga", "Otto"], ["Olga"]))

    def test_ended_by_hand(self):
        """A manager ends the challenge in mid-month: counted anew, paid once, also when ended twice."""
        challenge = self._in_march()
        with freeze_time("2026-03-20"):
            for _time in range(2):
                challenge.with_user(self.users["mona"]).write({"state": "done"})
            self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))
            challenge.action_start()
        self._run_on(challenge, "2026-04-01")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))

    def test_ended_by_its_date(self):
        """A monthly challenge that ends with March is closed by the job in April, and March is paid."""
        challenge = self._in_march(end_date="2026-03-31")
        self._run_on(challenge, "2026-04-01", "2026-04-02")
        self.assertEqual(challenge.state, "done")
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))

    def test_not_recurring(self):
        """A challenge of one period is paid when it is closed, on fresh figures and once."""
        challenge = self._in_march(period="once", start_date="2026-03-01", end_date="2026-03-15")
        self._run_on(challenge, "2026-03-16", "2026-03-17")
        challenge.state = "done"
        self.assertEqual((self.given(self.badge), self.given(self.medal)), (["Olga"], ["Olga"]))

    def test_nothing_of_earlier(self):
        """Months that ended while Odoo's own way held are not paid afterwards."""
        challenge = self._in_march()
        with freeze_time("2026-04-10"):
            self.switch(False)
            self.switch(True)
        self._run_on(challenge, "2026-04-11")
        self.assertEqual(self.given(self.badge) + self.given(self.medal), [])

    def test_refreshed_on_the_day_after(self):
        """A refresh before the job, which deletes what runs, takes no reward away."""
        challenge = self._in_march(reward_failure=True, target=3)
        with freeze_time("2026-04-01"):
            challenge.with_user(self.users["mona"]).action_check()
        self.assertEqual(self.given(self.medal), ["Olga"])

    def test_top_of_the_running_period(self):
        """Odoo's question for the first N has as many answers as it asks for."""
        challenge = self._in_march()
        with freeze_time("2026-03-11"):
            self.run_job(challenge)
            self.assertEqual(challenge._get_topN_users(3), (self.olga, False, False))
