import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import hash_sign, verify_hash_signed

from ..week.schedule import week_due

SCOPE = "crm_gamification.week"
MOST_TRIES = 3
_logger = logging.getLogger(__name__)


class CrmGameWeek(models.Model):
    """Who got the mail of which week: one row for each person and week, so that nobody gets one twice."""

    _name = "crm.game.week"
    _inherit = ["crm.row.job.mixin"]
    _description = "Mail of the Week"
    _order = "week desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    week = fields.Date("Monday", required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Handed to the Mail Queue"), ("skipped", "Not Sent"), ("failed", "Failed")],
        default="waiting",
        required=True,
        readonly=True,
        index="btree_not_null",
    )
    reason = fields.Char(readonly=True)
    tries = fields.Integer(readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, ondelete="set null", groups=NO_ACCESS)

    _user_week_uniq = models.UniqueIndex("(user_id, week)")

    @api.model
    def _switch_job(self):
        job = self.env.ref("crm_gamification.ir_cron_week", raise_if_not_found=False)
        is_on = bool(self.env["res.company"].search_count([("game_week_mail", "=", True)], limit=1))
        if job and job.active != is_on and job.try_lock_for_update(allow_referencing=True):
            job.active = is_on

    @api.model
    def _cron_week(self):
        """What is due gets its row first, and that is committed; then each mail with the row that says so."""
        self._note_due()
        self._commit(0)
        self._work_off(self.search([("state", "=", "waiting")], order="id"))

    @api.model
    def _note_due(self):
        now = self.env.cr.now().replace(tzinfo=None, microsecond=0)
        due = {}
        for company in self.env["res.company"].search([("game_week_mail", "=", True)]):
            since = company.game_week_since or now
            weekday = int(company.game_week_day)
            for user in self.env["res.users"].search(self._get_people_domain(company)):
                week = week_due(now, weekday, company.game_week_hour, user.tz, since)
                if week:
                    due[user.id] = week
        known = self.search([("user_id", "in", list(due)), ("week", "in", list(set(due.values())))])
        noted = {(row.user_id.id, row.week) for row in known}
        self.create([{"user_id": id_, "week": week} for id_, week in due.items() if (id_, week) not in noted])

    @api.model
    def _get_people_domain(self, company):
        """Members of sales teams who did not switch it off."""
        return [
            ("company_id", "=", company.id),
            ("share", "=", False),
            ("game_week_off", "=", False),
            ("crm_team_member_ids", "any", [("active", "=", True)]),
        ]

    def _go_on(self):
        """Write the mail of this row; one that breaks is tried again the next time, at most three times."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return
        self.invalidate_recordset()
        if self.state != "waiting":
            return
        try:
            with self.env.cr.savepoint():
                self._write_letter()
        except Exception as error:  # noqa: BLE001  (whatever is behind a challenge: the others get their mail)
            _logger.warning("The mail of the week for user %s could not be written", self.user_id.id, exc_info=True)
            tries = self.tries + 1
            self.write({"tries": tries, "reason": str(error), "state": "failed" if tries >= MOST_TRIES else "waiting"})

    def _write_letter(self):
        reader, reason = self._reader(), self._why_not()
        letter = None if reason else reader._get_week_letter(self.week)
        if letter is None:
            self.write({"state": "skipped", "reason": reason or self.env._("Nothing happened")})
            return
        self.write({"state": "sent", "mail_id": self._hand_over(reader, letter).id, "reason": False})

    def _reader(self):
        """The person, with his own rights, language and clock, and the company he works in."""
        user = self.user_id
        context = {"lang": user.lang, "tz": user.tz or "UTC", "allowed_company_ids": user.company_id.ids}
        return self.env(user=user.id, su=False, context=context).user

    def _why_not(self):
        user = self.user_id
        if not user.active or user.share:
            return self.env._("No internal user any more")
        if user.game_week_off or not user.company_id.game_week_mail:
            return self.env._("Switched off")
        if not user.email:
            return self.env._("No e-mail address")
        if user._is_on_leave_now():
            return self.env._("On leave")
        return None

    def _hand_over(self, reader, letter):
        subject, body = letter
        company, bot = self.user_id.company_id, self.env.ref("base.partner_root")
        mail = self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": company.email_formatted or bot.email_formatted,
                "author_id": bot.id,
                "recipient_ids": [(4, self.user_id.partner_id.id)],
                "auto_delete": True,
                "headers": repr(
                    {
                        "Auto-Submitted": "auto-generated",
                        "X-Auto-Response-Suppress": "All",
                        "List-Unsubscribe": f"<{reader._get_week_link()}>",
                        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    }
                ),
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return mail

    @api.model
    def _token_of(self, user):
        return hash_sign(self.sudo().env, SCOPE, [user.id])

    @api.model
    def _user_of(self, token):
        """:return: whose link it is; nobody where the link is not ours"""
        users = self.env["res.users"].sudo()
        try:
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
            return users.browse(values[0]).exists() if values else users
        except (ValueError, TypeError, IndexError, UnicodeError):
            return users

    @api.autovacuum
    def _gc_weeks(self):
        self.search([("week", "<", fields.Date.today() - timedelta(days=400))]).unlink()
