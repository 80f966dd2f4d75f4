from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from ..goals.periods import ONCE, ONE_DAY, periods_over
from ..goals.ranking import succeeded
from .mend import is_mended

TOP = 3


class GamificationChallenge(models.Model):
    """Rewards at the end of a period: each period is paid once, in order, however late the job runs."""

    _inherit = "gamification.challenge"

    rewarded_until = fields.Date(
        copy=False,
        readonly=True,
        help="The last day of the last period whose rewards are paid, or that is to get none.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        challenges = super().create(vals_list)
        challenges.filtered(lambda challenge: challenge.state == "inprogress")._start_rewards()
        return challenges

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "inprogress":
            self._start_rewards()
        return result

    def _start_rewards(self):
        """What was over before a challenge starts, or before it is mended, is not paid any more."""
        for challenge in self:
            if challenge.period != ONCE:
                before = challenge._get_period().start - ONE_DAY
                challenge.rewarded_until = max(challenge.rewarded_until or before, before)
            elif not challenge.end_date:
                challenge.rewarded_until = False

    def _check_challenge_reward(self, force=False):
        if not is_mended(self.env):
            return super()._check_challenge_reward(force=force)
        challenges = self._as_the_job()
        if force:
            challenges._bring_up_to_date()
        for challenge in challenges:
            challenge._reward_as_reached()
            due = challenge._get_periods_due(force)
            for period in due:
                challenge._reward_period(period, is_last=force and period == due[-1])
                challenge._commit_in_job()
        return True

    def _get_periods_due(self, force):
        """The periods that are over and not paid; the running one too where the challenge ends."""
        running = self._get_period()
        if self.period == ONCE:
            is_paid = self.rewarded_until and (not running.end or self.rewarded_until >= running.end)
            return [running] if force and not is_paid else []
        paid_until = self.rewarded_until or running.start - ONE_DAY
        due = periods_over(self.period, paid_until, fields.Date.today())
        if force and paid_until < running.end and (not self.end_date or running.start <= self.end_date):
            due.append(running)
        return due

    def _reward_as_reached(self):
        if self.reward_id and self.reward_realtime:
            self._reward_all(self._get_results(self._get_period()))

    def _reward_period(self, period, is_last):
        """Give the badges of a period and say so; nothing is said of one in which nobody took part."""
        self.rewarded_until = period.end or fields.Date.today()
        results = self._get_results(period)
        if not results and not is_last:
            return
        rewarded = self._reward_all(results) if self.reward_id else self.env["res.users"]
        ranked = self._reward_best(results, period)
        self.message_post(
            partner_ids=self.user_ids.partner_id.ids,
            body=Markup("<br/>").join(self._tell_end(period, is_last, rewarded, ranked)),
        )

    def _reward_all(self, results):
        """The badge for each who has reached every line; one that is given as soon as reached is given once."""
        people = self.env["res.users"].union(*succeeded(results, self.line_ids.ids))
        if self.reward_realtime and people:
            given = self.env["gamification.badge.user"]._read_group(
                [
                    ("challenge_id", "=", self.id),
                    ("badge_id", "=", self.reward_id.id),
                    ("user_id", "in", people.ids),
                ],
                ["user_id"],
            )
            people -= self.env["res.users"].union(*(user for (user,) in given))
        for user in people:
            self._reward_user(user, self.reward_id)
        return people

    def _reward_best(self, results, period):
        """The badges of the first three, where a badge is set for the first: [(user, badge)]."""
        if not self.reward_first_id:
            return []
        badges = (self.reward_first_id, self.reward_second_id, self.reward_third_id)
        ranked = list(zip(self._get_best(results, TOP, period), badges, strict=False))
        for user, badge in ranked:
            if badge:
                self._reward_user(user, badge)
        return ranked

    def _tell_end(self, period, is_last, rewarded, ranked):
        if is_last:
            yield self.env._("The challenge %(name)s is finished.", name=self.name)
        else:
            yield self.env._(
                "%(name)s: the period from %(start)s to %(end)s is over.",
                name=self.name,
                start=format_date(self.env, period.start),
                end=format_date(self.env, period.end),
            )
        if rewarded:
            yield self.env._(
                "Badge %(badge)s for reaching every goal: %(users)s.",
                badge=self.reward_id.name,
                users=", ".join(rewarded.mapped("name")),
            )
        elif self.reward_id:
            yield self.env._("No further badge for reaching every goal.")
        for place, (user, badge) in enumerate(ranked, start=1):
            yield f"{place}. {user.name}" + (f" – {badge.name}" if badge else "")
        if self.reward_first_id and not ranked:
            yield self.env._("Nobody met the conditions of the badges for the best.")
