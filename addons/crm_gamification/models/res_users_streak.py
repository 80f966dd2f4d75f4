from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..goals.periods import ONE_DAY, Period
from ..streaks.streak import in_days, in_weeks

STREAKS = "crm_gamification.streaks"
YEAR = timedelta(days=366)
STEPS, WINS = "steps", "wins"


class ResUsers(models.Model):
    """What people have kept up without a break, as the ledger tells it: a fixed number of queries for all of them."""

    _inherit = "res.users"

    def _get_streaks(self, span=YEAR):
        """{user: {"steps": Streak in working days, "wins": Streak in weeks}} as of today.

        :param timedelta span: so far back a streak can reach
        """
        today = fields.Date.today()
        since = today - span
        kept, broken = self._get_streak_days(since, today)
        working = self._get_working_days(Period(since, today))
        return {
            user: {
                STEPS: in_days(kept[STEPS, user.id], broken[user.id], working[user], today),
                WINS: in_weeks(kept[WINS, user.id], working[user], today),
            }
            for user in self
        }

    def _get_streak_days(self, since, today):
        """({(streak, user id): days on which it was kept}, {user id: days of steps that were not kept})."""
        self.env["crm.game.entry"].flush_model()
        kept, broken = defaultdict(set), defaultdict(set)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT user_id, kind, counts,
                       CASE WHEN counts THEN day ELSE (detail->>'deadline')::date END
                  FROM crm_game_entry
                 WHERE user_id = ANY(%(users)s) AND day >= %(since)s AND kind IN ('won', 'step')
                   AND (counts AND points > 0 OR kind = 'step' AND why_not = 'late')
                UNION
                SELECT activity.user_id, 'step', FALSE, activity.date_deadline
                  FROM mail_activity activity
                  JOIN crm_lead lead ON lead.id = activity.res_id AND lead.active
                 WHERE activity.res_model = 'crm.lead' AND activity.active AND activity.user_id = ANY(%(users)s)
                   AND activity.date_deadline < %(today)s AND activity.date_deadline >= %(since)s
                """,
                users=self.ids,
                since=since,
                today=today,
            )
        )
        for user_id, kind, counts, day in rows:
            if counts:
                kept[WINS if kind == "won" else STEPS, user_id].add(day)
            else:
                broken[user_id].add(day)
        return kept, broken

    def _get_working_days(self, period):
        """{user: dates on which he works}, leaves left out; Monday to Friday where nobody says when."""
        found = self.env["gamification.challenge"]._get_working_hours(self, period)
        length = (period.end - period.start).days + 1
        days = (period.start + ONE_DAY * number for number in range(length))
        usual = {day for day in days if day.weekday() < 5}
        return {user: {start.date() for start, _stop in found[user][0]} if user in found else usual for user in self}

    def _tell_streaks(self):
        """What is shown of one's own: [{icon, text, hint}], only what runs; nothing while it is switched off."""
        self.ensure_one()
        if not self.env["ir.config_parameter"].sudo().get_param(STREAKS):
            return []
        return self._get_streak_words(self.sudo()._get_streaks()[self])

    def _get_streak_words(self, streaks):
        """As `_tell_streaks`, of what `_get_streaks` found of one person."""
        steps, wins = streaks[STEPS], streaks[WINS]
        found = []
        if wins.length > 1:
            found.append(
                {
                    "key": WINS,
                    "icon": "fa-fire",
                    "text": self.env._("%s weeks in a row with a deal won", wins.length),
                    "hint": self.env._("Your longest: %s weeks. Weeks of leave do not break it.", wins.best),
                }
            )
        if steps.length > 1:
            found.append(
                {
                    "key": STEPS,
                    "icon": "fa-check-square-o",
                    "text": self.env._("%s working days in a row with all next steps kept", steps.length),
                    "hint": self.env._("Your longest: %s days. Leave and weekends do not break it.", steps.best),
                }
            )
        return found
