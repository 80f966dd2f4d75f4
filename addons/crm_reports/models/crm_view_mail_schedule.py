from babel.dates import get_day_names

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse, get_lang

from ..view_mail.schedule import LAST_DAY, Rule, next_after

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JOB = "crm_reports.ir_cron_view_mail"


class CrmViewMail(models.Model):
    """When a mailed view is due: for each recipient in that person's time zone."""

    _inherit = "crm.view.mail"

    _SCHEDULE = frozenset((*WEEKDAYS, "every", "month_day", "is_last_day", "hour"))

    every = fields.Selection(
        [("day", "Every Day"), ("week", "Every Week"), ("month", "Every Month")],
        "How Often",
        default="week",
        required=True,
    )
    mon = fields.Boolean("Mon", default=True)
    tue = fields.Boolean("Tue")
    wed = fields.Boolean("Wed")
    thu = fields.Boolean("Thu")
    fri = fields.Boolean("Fri")
    sat = fields.Boolean("Sat")
    sun = fields.Boolean("Sun")
    month_day = fields.Integer("Day of the Month", default=1, help="In a shorter month its last day.")
    is_last_day = fields.Boolean("Last Day of the Month")
    hour = fields.Float("At", default=7.0, help="By the clock of each recipient.")
    next_at = fields.Datetime("Next", compute="_compute_next_at")

    @api.depends("recipient_ids.next_at", "recipient_ids.state")
    def _compute_next_at(self):
        for mail in self:
            moments = [line.next_at for line in mail.recipient_ids if line.next_at and line.state == "on"]
            mail.next_at = min(moments, default=False)

    @api.constrains("every", "month_day", "is_last_day", "hour", *WEEKDAYS)
    def _check_schedule(self):
        for mail in self:
            if mail.every == "week" and not any(mail[day] for day in WEEKDAYS):
                raise ValidationError(self.env._("Choose at least one day of the week."))
            if mail.every == "month" and not mail.is_last_day and not 1 <= mail.month_day <= 31:
                raise ValidationError(self.env._("The day of the month has to be from 1 to 31."))
            if not 0 <= mail.hour < 24:
                raise ValidationError(self.env._("The time has to be from 0:00 to 23:59."))

    def _rule(self):
        minutes = min(round(self.hour * 60), 24 * 60 - 1)
        return Rule(
            self.every,
            minutes // 60,
            minutes % 60,
            frozenset(place for place, day in enumerate(WEEKDAYS) if self[day]),
            LAST_DAY if self.is_last_day else self.month_day,
        )

    def _plan(self):
        """Set when each recipient's is due next, and let the job know."""
        for mail in self:
            mail._plan_lines(mail.recipient_ids.sudo())
        self._wake_job(self.sudo().recipient_ids)

    def _plan_lines(self, lines):
        """The next moment after now: what was missed while nothing ran is due once."""
        now = self.env.cr.now().replace(tzinfo=None)
        rule = self._rule()
        for line in lines:
            is_on = self.state == "on" and line.state == "on"
            line.next_at = is_on and next_after(rule, now, line._zone())

    @api.model
    def _wake_job(self, lines):
        moments = {line.next_at for line in lines if line.next_at}
        job = self.env.ref(JOB, raise_if_not_found=False)
        if moments and job and self._is_allowed():
            job.sudo()._trigger(sorted(moments))

    def _schedule_words(self, zone):
        """The schedule as a sentence part in the language of the environment."""
        rule = self._rule()
        words = {"time": f"{rule.hour}:{rule.minute:02d}", "zone": zone}
        if rule.every == "day":
            return self.env._("every day at %(time)s (%(zone)s)", **words)
        if rule.every == "week":
            names = get_day_names("wide", locale=babel_locale_parse(get_lang(self.env).code))
            days = ", ".join(names[day] for day in sorted(rule.weekdays))
            return self.env._("every week (%(days)s) at %(time)s (%(zone)s)", days=days, **words)
        if rule.month_day == LAST_DAY:
            return self.env._("on the last day of each month at %(time)s (%(zone)s)", **words)
        return self.env._("on day %(day)s of each month at %(time)s (%(zone)s)", day=rule.month_day, **words)
