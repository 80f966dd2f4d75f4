from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestWorkingTime(LedgerCase):
    """March 2026 has 22 working days. Olga works mornings, Otto takes leave, Sara has no working hours of her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendars = cls.env["resource.calendar"]
        full = calendars.create({"name": "Full", "tz": "UTC", "company_id": cls.company_a.id})
        cls.company_a.resource_calendar_id = full
        mornings = full.copy({"name": "Mornings"})
        mornings.attendance_ids.filtered(lambda part: part.day_period != "morning").unlink()
        resources = cls.env["resource.resource"]
        cls.resources = {
            user: resources.create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company_a.id,
                    "calendar_id": hours.id,
                    "tz": "UTC",
                }
            )
            for user, hours in ((cls.olga, mornings), (cls.otto, full))
        }
        cls.definition_won = cls.env.ref("crm_gamification.definition_game_won")

    def leave(self, user, start, end):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": self.resources[user].id,
                "calendar_id": self.resources[user].calendar_id.id,
                "company_id": self.company_a.id,
                "date_from": f"{start} 00:00:00",
                "date_to": f"{end} 23:59:59",
            }
        )

    def targets(self, challenge):
        goals = [self.goal_of(challenge, user) for user in (self.olga, self.otto, self.sara)]
        return [(goal.target_goal, goal.state) for goal in goals]

    def test_part_time_and_leave(self):
        """Half the time is half the target, leave takes its days; without the switch all have the same."""
        self.leave(self.otto, "2026-03-02", "2026-03-13")
        plain = self.challenge_of(self.definition_won, target=22)
        self.assertEqual(self.targets(plain), [(22, "inprogress")] * 3)
        fitted = self.challenge_of(self.definition_won, target=22, target_by_work=True)
        self.assertEqual(self.targets(fitted), [(11, "inprogress"), (12, "inprogress"), (22, "inprogress")])
        self.assertEqual(self.goal_of(fitted, self.otto).working_days, "Target 12 of 22: 12 of 22 working days")

    def test_away_all_the_time(self):
        """Who is away for the whole month can't fail, and is in again when he comes back earlier."""
        leave = self.leave(self.otto, "2026-03-01", "2026-03-31")
        challenge = self.challenge_of(self.definition_won, target=22, target_by_work=True)
        self.assertEqual(self.targets(challenge)[1], (22, "canceled"))
        leave.date_to = "2026-03-20 23:59:59"
        self.run_job(challenge)
        self.assertEqual(self.targets(challenge)[1], (7, "inprogress"))
        leave.date_to = "2026-03-31 23:59:59"
        self.run_job(challenge)
        with freeze_time("2026-04-02 09:00:00"):
            self.run_job(challenge)
            states = [self.goal_of(challenge, user, end_date="2026-03-31").state for user in (self.olga, self.otto)]
        self.assertEqual(states, ["failed", "canceled"])

    def test_reached_by_less(self):
        """What part-time asks for is enough; switched off again, the full target holds."""
        for _number in range(2):
            self.win(self.deal(self.olga))
        challenge = self.challenge_of(self.definition_won, target=4, target_by_work=True)
        self.assertEqual(self.targets(challenge)[0], (2, "reached"))
        challenge.target_by_work = False
        self.run_job(challenge)
        self.assertEqual(self.targets(challenge)[0], (4, "inprogress"))

    def test_rates_stay(self):
        """Nobody can be asked for half a won rate; money is halved exactly."""
        ref = self.env.ref
        rate = self.challenge_of(ref("crm_gamification.definition_game_won_rate"), target=50, target_by_work=True)
        money = self.challenge_of(ref("crm_gamification.definition_game_money"), target=1001, target_by_work=True)
        self.assertEqual([self.targets(one)[0][0] for one in (rate, money)], [50, 500.5])
