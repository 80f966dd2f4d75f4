import pytz

from odoo import fields, models
from odoo.tools import format_date, format_time, plaintext2html

from ..pipeline.times import MOST, proposed

MEETING = "mail.mail_activity_data_meeting"


class CrmLead(models.Model):
    """A meeting that a partner proposes: times in words, and an activity from which it is planned in the calendar."""

    _inherit = "crm.lead"

    def _partner_propose(self, entries, words):
        """:param entries: `time1` to `time3`, local to the partner
        :param words: with whom and what about
        :return: why it does not go, in words; nothing when it is done
        """
        texts = [entries.get(f"time{number}") or "" for number in range(1, MOST + 1)]
        times, wrong = proposed(texts, self._partner_zone(), fields.Datetime.now())
        if wrong:
            return self._partner_time_words(wrong)
        lead = self.sudo()
        zone = lead._salesperson_zone()
        told = [self.env._("A meeting is proposed"), *lead._time_words(times, zone)] + ([words] if words else [])
        lead._partner_tell(told)
        if lead.user_id:
            theirs = lead.with_context(lang=lead.user_id.lang)
            theirs.activity_schedule(
                MEETING,
                self._at(times[0], zone).date(),
                theirs.env._("A meeting is proposed"),
                plaintext2html("\n".join([*theirs._time_words(times, zone), words])),
                user_id=lead.user_id.id,
            )
        return ""

    def _partner_time_words(self, wrong):
        return {
            "none": self.env._("Please propose at least one time."),
            "unreadable": self.env._("Please enter day and time, for example 2030-01-31 10:30."),
            "past": self.env._("A time that you propose is over already. Please propose times to come."),
            "far": self.env._("Please propose times within a year."),
        }[wrong]

    def _partner_zone(self):
        return self.env.user.tz or self.env.company.sudo().partner_id.tz or "UTC"

    def _salesperson_zone(self):
        return self.user_id.tz or (self.company_id or self.env.company).partner_id.tz or "UTC"

    def _at(self, moment, zone):
        return pytz.UTC.localize(moment).astimezone(pytz.timezone(zone))

    def _time_words(self, times, zone):
        return [
            self.env._(
                "%(day)s, %(time)s (%(zone)s)",
                day=format_date(self.env, at.date(), date_format="full"),
                time=format_time(self.env, at.time(), time_format="short"),
                zone=zone,
            )
            for at in (self._at(moment, zone) for moment in times)
        ]
