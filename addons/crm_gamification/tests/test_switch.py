from odoo.tests import freeze_time, tagged

from odoo.addons.crm_gamification.hooks import post_init_hook, uninstall_hook

from ..models.mend import MEND, is_mended
from .common import GamificationCase


@tagged("post_install", "-at_install")
class TestSwitch(GamificationCase):
    def _set(self, is_on):
        self.env["res.config.settings"].create({"crm_gamification_mend": is_on}).execute()

    def test_settings(self):
        """The settings page switches at once: what is counted, and Odoo's own definitions."""
        definition = self.env.ref("gamification_sale_crm.definition_crm_lead_delay_close")
        self.switch(True)
        for is_on, mode in ((False, "sum"), (True, "average")):
            self._set(is_on)
            self.assertEqual((is_mended(self.env), definition.computation_mode), (is_on, mode))

    @freeze_time("2026-03-11")
    def test_running_week(self):
        """The running week ends on Sunday, or on Odoo's Monday: nobody gets a second goal for it."""
        self.switch(False)
        challenge = self.challenge(period="weekly")
        for is_on, last_day in ((True, "2026-03-15"), (False, "2026-03-16")):
            self.switch(is_on)
            self.run_job(challenge)
            goals = self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])
            self.assertEqual({str(goal.end_date) for goal in goals}, {last_day})
            self.assertEqual(len(goals), 3)

    def test_ranking_of_the_week(self):
        """The board of a weekly challenge has the goals of the running week, on each of its days."""
        self.switch(True)
        with freeze_time("2026-03-11"):
            challenge = self.challenge(period="weekly", visibility_mode="ranking")
        for day in ("2026-03-11", "2026-03-15"):
            with freeze_time(day):
                [line] = challenge._get_serialized_challenge_lines(self.olga)
                self.assertEqual(
                    sorted(goal["user_id"] for goal in line["goals"] if goal["user_id"]), sorted(self.people.ids)
                )
        with freeze_time("2026-03-16"):
            self.assertEqual(challenge._get_serialized_challenge_lines(self.olga), [])

    def test_reports_by_mail(self):
        """Each gets a report of his own, whether all is reached or nothing."""
        self.switch(True)
        with freeze_time("2026-03-10"):
            challenge = self.challenge(visibility_mode="personal", people=self.olga | self.otto)
            self.deals(self.olga, "2026-03-09", 2)
            self.run_job(challenge)
            last = self.env["mail.message"].search([], order="id desc", limit=1)
            challenge.report_progress()
        told = self.env["mail.message"].search([("id", ">", last.id), ("message_type", "=", "user_notification")])
        self.assertEqual(told.partner_ids, (self.olga | self.otto).partner_id)

    def test_hooks(self):
        """Installing switches it on; uninstalling puts back what Odoo ships and leaves no parameter."""
        definition = self.env.ref("gamification_sale_crm.definition_crm_tot_paid_sale_order")
        post_init_hook(self.env)
        self.assertEqual((is_mended(self.env), definition.computation_mode), (True, "sum"))
        self.env["ir.config_parameter"].set_param("crm_gamification.other", "1")
        uninstall_hook(self.env)
        self.assertEqual(definition.computation_mode, "count")
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "=like", "crm_gamification.%")]))
        self.assertEqual(MEND, "crm_gamification.mend")
