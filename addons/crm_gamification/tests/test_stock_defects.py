from odoo.tests import freeze_time, tagged

from .common import GamificationCase


@tagged("post_install", "-at_install")
class TestStockDefects(GamificationCase):
    """What goes wrong in Odoo's own goals and challenges, and does not where ours are on.

    Each scenario answers whether the defect shows. It is played once with the setting on and once with it
    off: the day on which Odoo mends a defect, its test says so.
    """

    def _shows(self, scenario, is_on):
        """Whether the defect shows; nothing stays of the scenario."""
        savepoint = self.env.cr.savepoint()
        self.switch(is_on)
        shows = scenario()
        self.env.cr.precommit.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)
        self.env.transaction.clear()
        self.env.registry.clear_cache()
        return shows

    def _assert_mended(self, scenario):
        self.assertFalse(self._shows(scenario, True), "with the setting on")
        self.assertTrue(self._shows(scenario, False), "Odoo no longer has this defect: the docs may say so")

    def test_s19_never_closed(self):
        """S19: with Odoo a goal whose value has not changed since stays open for ever after its last day."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=2)
                self.deals(self.olga, "2026-03-09")
                goal = self.goal_of(challenge, self.olga)
                goal.update_goal()
                self.assertEqual((goal.current, goal.state), (1, "inprogress"))
            with freeze_time("2026-04-02"):
                goal.update_goal()
            return (goal.state, goal.closed) != ("failed", True)

        self._assert_mended(shows)

    def test_s20_best_without_rows(self):
        """S20: with Odoo the person without a single complaint never reaches "at most five complaints"."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=5, definition=self.definition(condition="lower"))
                goal = self.goal_of(challenge, self.olga)
                goal.update_goal()
            return goal.state != "reached"

        self._assert_mended(shows)

    def test_s20_fallen_value(self):
        """S20: with Odoo a person keeps a value of two when both deals have gone to someone else."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=2)
                deals = self.deals(self.olga, "2026-03-09", 2)
                goal = self.goal_of(challenge, self.olga)
                goal.update_goal()
                self.assertEqual((goal.current, goal.state), (2, "reached"))
                deals.user_id = self.otto
                goal.update_goal()
            return (goal.current, goal.state) != (0, "inprogress")

        self._assert_mended(shows)

    def test_s20_not_online(self):
        """S20: with Odoo the nightly job passes over who was not online, whatever that person has won."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=2)
                self.deals(self.olga, "2026-03-09", 2)
                self.run_job(challenge)
            return self.goal_of(challenge, self.olga).current != 2

        self._assert_mended(shows)

    def test_s21_week_of_eight_days(self):
        """S21: with Odoo a week goes from Monday to the next Monday, whose deals count twice."""

        def shows():
            with freeze_time("2026-03-11"):
                challenge = self.challenge(period="weekly")
                first = self.goal_of(challenge, self.olga)
            with freeze_time("2026-03-16"):
                self.deals(self.olga, "2026-03-16")
                self.run_job(challenge)
                second = self.goal_of(challenge, self.olga, start_date="2026-03-16")
                (first | second).update_goal()
            self.assertEqual(second.current, 1)
            return first.current != 0

        self._assert_mended(shows)

    def test_s22_empty_report(self):
        """S22: with Odoo a person's own report is empty as long as a goal is not reached."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=2, visibility_mode="personal")
                self.deals(self.olga, "2026-03-09")
                self.goal_of(challenge, self.olga).update_goal()
                lines = challenge._get_serialized_challenge_lines(self.olga)
            return [line["current"] for line in lines] != [1]

        self._assert_mended(shows)

    def test_s23_rewards_never_paid(self):
        """S23: with Odoo nobody gets the badge for the first of the month, as the month never ends."""

        def shows():
            with freeze_time("2026-03-10"):
                challenge = self.challenge(target=2, reward_first_id=self.medal.id)
                self.deals(self.olga, "2026-03-09", 2)
                self.goal_of(challenge, self.olga).update_goal()
            with freeze_time("2026-04-01"):
                self.run_job(challenge)
            return self.given(self.medal) != ["Olga"]

        self._assert_mended(shows)

    def _shipped_value(self, name, days, date_field, **vals):
        """What Odoo's definition counts for Olga in March, of two leads with these figures."""
        leads = self.env["crm.lead"].create(
            [{"name": "Lead", "type": "lead", "user_id": self.olga.id, **vals} for _figure in days]
        )
        leads.flush_recordset()
        for lead, figures in zip(leads, days, strict=True):
            lead.write({date_field: "2026-03-09 10:00:00"})
            lead.flush_recordset()
            lead.write(figures)
        with freeze_time("2026-03-10"):
            definition = self.env.ref(f"gamification_sale_crm.{name}")
            goal = self.goal_of(self.challenge(target=30, definition=definition), self.olga)
            goal.update_goal()
        return goal.current

    def test_s24_time_to_qualify(self):
        """S24: with Odoo "Time to Qualify" is the sum of the days to close."""
        days = [{"day_open": 2, "day_close": 40}, {"day_open": 4, "day_close": 60}]
        self._assert_mended(lambda: self._shipped_value("definition_crm_lead_delay_open", days, "date_open") != 3)

    def test_s24_days_to_close(self):
        """S24: with Odoo "Days to Close" is the sum of the days until somebody was assigned."""
        days = [{"day_open": 2, "day_close": 10}, {"day_open": 4, "day_close": 20}]
        self._assert_mended(lambda: self._shipped_value("definition_crm_lead_delay_close", days, "date_closed") != 15)

    def test_s24_paid_orders(self):
        """S24: with Odoo "Total Paid Sales Orders" is a number of invoices with a sign of money."""
        definition = self.env.ref("gamification_sale_crm.definition_crm_tot_paid_sale_order")
        self.assertTrue(definition.monetary)
        self._assert_mended(lambda: definition._get_aggregate() != "price_subtotal:sum")

    def _manual_goal(self, **vals):
        definition = self.definition(computation_mode="manually")
        return self.goal_of(self.challenge(target=2, definition=definition, **vals), self.olga)

    def test_recording_by_hand(self):
        """With Odoo a person can't record the value of a goal that is recorded by hand: the dialog fails."""

        def shows():
            with freeze_time("2026-03-10"):
                goal = self._manual_goal().with_user(self.olga)
                wizard = self.env["gamification.goal.wizard"].with_user(self.olga)
                try:
                    wizard.create({"goal_id": goal.id, "current": 2}).action_update_current()
                except ValueError:
                    return True
            return (goal.current, goal.state) != (2, "reached")

        self._assert_mended(shows)

    def test_reminder_stops_the_job(self):
        """With Odoo the first reminder that is due ends the job with an error: nobody is reminded, nothing counted."""

        def shows():
            with freeze_time("2026-03-10"):
                goal = self._manual_goal(remind_update_delay=3)
                goal.current = 1
            last = self.env["mail.message"].search([], order="id desc", limit=1).id
            try:
                for day in ("2026-03-12", "2026-03-13", "2026-03-20"):
                    with freeze_time(day):
                        goal.update_goal()
            except AttributeError:
                return True
            told = self.env["mail.message"].search([("id", ">", last)])
            self.assertEqual(told.partner_ids, self.olga.partner_id)
            return len(told) != 1

        self._assert_mended(shows)
