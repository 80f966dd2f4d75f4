import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..badges.earning import ONCE, YEAR, Deed, Rule, earned, period_of
from ..streaks.streak import NONE
from .crm_game_badge_rule import BADGES, STREAK_DAYS, STREAK_WAYS, STREAK_WEEKS
from .res_users_streak import STEPS, WINS

RECENT = timedelta(days=4)  # who has done something within these days may have a streak that has just grown
LATE = timedelta(days=100)  # periods over for longer are left as they are
SPAN = {STREAK_WEEKS: timedelta(days=14), STREAK_DAYS: timedelta(days=3)}  # at least so far back for each one
_logger = logging.getLogger(__name__)


class CrmGameBadgeRule(models.Model):
    """The job that gives badges, and takes back those whose deals were taken back."""

    _name = "crm.game.badge.rule"
    _inherit = ["crm.game.badge.rule", "crm.row.job.mixin"]

    @api.model
    def _cron_badges(self):
        if not self.env["ir.config_parameter"].sudo().get_param(BADGES):
            return
        rules = self.search([("is_on", "=", True), ("since", "!=", False)])
        for place, rule in enumerate(rules, 1):
            try:
                with self.env.cr.savepoint():
                    rule._apply()
            except Exception:
                _logger.exception("Badges of the rule %s could not be given", rule.id)
            if not self._commit(1, len(rules) - place):
                return

    def _apply(self):
        """Give what is earned and not given, take back what is given and no longer earned."""
        start = self._get_start()
        found = self._get_streaks_earned() if self.way in STREAK_WAYS else self._get_earned(start)
        grants = self.env["crm.game.badge.grant"].search([("rule_id", "=", self.id)])
        known = {(grant.user_id.id, grant.period): grant for grant in grants}
        for (user_id, period), values in found.items():
            grant = known.get((user_id, period))
            if not grant:
                grant = grants.create({"rule_id": self.id, "user_id": user_id, "period": period, **values})
                grant._set_state("given")
            elif grant.state in ("given", "back") and (grant.state == "back" or grant.keys != values["keys"]):
                grant.write(values)
                grant._set_state("given")
        if self.goes_back and self.way not in STREAK_WAYS:
            gone = [grant for key, grant in known.items() if key not in found and grant.state == "given"]
            for grant in gone:
                if grant.day >= start:
                    grant._set_state("back")

    def _get_start(self):
        """The first day of the earliest period that is still looked at."""
        if self.period == ONCE or self.way in ("first", "comeback"):
            return self.since
        _key, first, _end = period_of(self.period, self.since)
        _key, late, _end = period_of(self.period, fields.Date.today() - (LATE if self.period != YEAR else LATE * 4))
        return max(first, late)

    def _get_earned(self, start):
        """{(user id, period): values of the grant} by the ledger."""
        rule = Rule(self.way, self.kind, self.number, self.period, self.since)
        found = {}
        for deeds, before in self._get_deeds(start):
            for one in earned(rule, deeds, before, fields.Date.today()):
                keys = [deed.key for deed in one.deeds]
                found[one.user, one.period] = {"day": one.day, "keys": keys, "length": len(keys)}
        return found

    def _get_deeds(self, start):
        """[(deeds from a day on, {(user, kind): last day before})], one for each company: the biggest is its own."""
        self.env["crm.game.entry"].flush_model()
        counting = SQL(
            "entry.counts AND entry.key IS NOT NULL AND entry.kind = %s AND person.active AND NOT person.share",
            self.kind,
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.company_id, entry.user_id, entry.key, entry.day, COALESCE(entry.amount, 0)
                  FROM crm_game_entry entry JOIN res_users person ON person.id = entry.user_id
                 WHERE %s AND entry.day >= %s
                """,
                counting,
                start,
            )
        )
        last = self.env.execute_query(
            SQL(
                """
                SELECT entry.user_id, max(entry.day)
                  FROM crm_game_entry entry JOIN res_users person ON person.id = entry.user_id
                 WHERE %s AND entry.day < %s GROUP BY entry.user_id
                """,
                counting,
                start,
            )
        )
        before = {(user_id, self.kind): day for user_id, day in last}
        by_company = {}
        for company_id, user_id, key, day, amount in rows:
            by_company.setdefault(company_id, []).append(Deed(key, self.kind, user_id, day, float(amount)))
        return [(deeds, before) for deeds in by_company.values()]

    def _get_streaks_earned(self):
        """{(user id, first day of the streak): values}: once for each streak that has grown so long."""
        self.env["crm.game.entry"].flush_model()
        today = fields.Date.today()
        kind = "won" if self.way == STREAK_WEEKS else "step"
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT entry.user_id FROM crm_game_entry entry"
                " JOIN res_users person ON person.id = entry.user_id"
                " WHERE entry.counts AND entry.kind = %s AND entry.day >= %s AND person.active AND NOT person.share",
                kind,
                today - RECENT,
            )
        )
        users = self.env["res.users"].browse(row[0] for row in rows)
        span = min(timedelta(days=366), SPAN[self.way] * self.number + timedelta(days=60))
        found, name = {}, WINS if self.way == STREAK_WEEKS else STEPS
        for user, streaks in users._get_streaks(span).items() if users else ():
            streak = streaks.get(name, NONE)
            if streak.length >= self.number and today >= self.since:
                values = {"day": today, "keys": [], "length": streak.length}
                found[user.id, streak.since.isoformat()] = values
        return self._not_given_within(found)

    def _not_given_within(self, found):
        """Left out is what has a badge already: a long streak's first day moves when the span ends within it."""
        given = {}
        for grant in self.env["crm.game.badge.grant"].search([("rule_id", "=", self.id)]):
            given[grant.user_id.id] = max(given.get(grant.user_id.id, grant.day), grant.day)
        return {
            (user_id, since): values
            for (user_id, since), values in found.items()
            if user_id not in given or given[user_id].isoformat() < since
        }
