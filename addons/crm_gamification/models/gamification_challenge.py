from datetime import timedelta

from odoo import api, fields, models

from .gamification_goal import FRESH
from .mend import MEND, is_mended


class GamificationChallenge(models.Model):
    """What a sales manager or leader starts runs on as Odoo's nightly job would run it: with all rights.

    Odoo looks at who was online and at people of other companies, which they may not read. Who may
    start or refresh a challenge is decided before, by the access rights to the challenge.
    """

    _inherit = "gamification.challenge"

    def action_check(self):
        """Odoo deletes the goals that run and makes them anew: what is over is settled before, and rewarded."""
        challenges = self._as_the_job()
        if is_mended(self.env):
            challenges._update_all()
        return super(GamificationChallenge, challenges).action_check()

    @api.model
    def _cron_update(self, ids=False, commit=True):
        result = super()._cron_update(ids=ids, commit=commit)
        if not ids and is_mended(self.env):
            self.env["gamification.goal"]._settle_left_over()
        return result

    def _update_all(self):
        challenges = self._as_the_job()
        if is_mended(self.env):
            fresh = challenges._bring_up_to_date()
            challenges = challenges.with_context(**{FRESH: frozenset(fresh.ids)})
        return super(GamificationChallenge, challenges)._update_all()

    def _bring_up_to_date(self):
        """Count the goals of everybody, also of who was not online; returns these goals."""
        goals = self.env["gamification.goal"].search(self._get_open_goals_domain())
        goals.update_goal()
        return goals

    def _get_open_goals_domain(self):
        """Goals that run, and those just over: reached ones may fall back until their rewards are paid."""
        challenges = self.filtered(lambda challenge: not challenge._is_onboarding())
        since = fields.Date.today() - timedelta(days=1)
        unpaid = [challenge.rewarded_until for challenge in challenges if challenge.rewarded_until]
        return [
            ("challenge_id", "in", challenges.ids),
            ("closed", "=", False),
            "|",
            ("state", "=", "inprogress"),
            "&",
            ("state", "=", "reached"),
            "|",
            ("end_date", "=", False),
            ("end_date", ">=", min([since, *unpaid])),
        ]

    def _is_onboarding(self):
        """Steps in one's own profile, without an end: only who is online takes one, and Odoo follows these."""
        return self.challenge_category == "other" and self.period == "once" and not self.end_date

    def _as_the_job(self):
        if self.env.su or not self.env.user.has_group("crm_core.group_sale_salesman_team"):
            return self
        self.check_access("write")
        return self.sudo()

    def _commit_in_job(self):
        """Odoo's job asks for it: what is counted or paid stays, whatever becomes of the next challenge."""
        if self.env.context.get("commit_gamification"):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    @api.model
    def _switch_mend(self, is_on):
        """Mend, or go back to Odoo's own way, at once: the setting, shipped definitions, weeks and rewards."""
        self.env["ir.config_parameter"].sudo().set_param(MEND, is_on)
        self.env["gamification.goal.definition"].sudo()._correct_shipped(is_on)
        self.env["gamification.goal"].sudo()._fit_weeks(is_on)
        if is_on:
            self.sudo().search([("state", "=", "inprogress")])._start_rewards()
            job = self.env.ref("gamification.ir_cron_check_challenge", raise_if_not_found=False)
            if job:
                job.sudo()._trigger()
