import logging
from datetime import timedelta

from odoo import models

from .crm_view_mail_reading import CannotRead
from .crm_view_mail_recipient import LEADER

MOST_TRIES = 3
WAIT = timedelta(minutes=30)
# what trying again does not mend
HOPELESS = frozenset(
    ("mail_email_invalid", "mail_email_missing", "mail_from_invalid", "mail_from_missing", "mail_bl", "mail_optout")
)
_logger = logging.getLogger(__name__)


class CrmViewMailSending(models.Model):
    """The steps of one sending: written, handed to the mail queue, followed up, given up."""

    _inherit = "crm.view.mail.sending"

    def _go_on(self):
        """One step: write the mail, or see what became of it. A step that breaks is tried again later."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return
        self.invalidate_recordset()
        if self.state not in ("waiting", "queued"):
            return
        try:
            with self.env.cr.savepoint():
                if self.state == "waiting":
                    self._write_letter()
                else:
                    self._follow_up()
        except Exception as error:  # noqa: BLE001  (a view may be of any model, with any compute behind it)
            _logger.warning("Mailed view %s could not be written", self.view_mail_id.name, exc_info=True)
            self._put_off(str(error))

    def _put_off(self, reason):
        now = self.env.cr.now().replace(tzinfo=None)
        self.tries += 1
        self.reason = reason
        if self.tries >= MOST_TRIES:
            self._give_up()
        else:
            self.try_at = now + WAIT * self.tries

    def _give_up(self):
        self.state = "failed"
        owner = self.view_mail_id.with_context(lang=self.view_mail_id.user_id.lang)
        name = (self.user_id or self.partner_id).name
        owner._tell_owner(owner.env._("the mail to %(name)s could not be sent.", name=name))

    def _write_letter(self):
        mail, line = self.view_mail_id, self.recipient_id
        reason = self._why_not()
        if reason:
            self.write({"state": "skipped", "reason": reason})
            return
        reader = line._reader() if line else self.user_id
        try:
            env = mail._env_of(reader, **self._language())
            letter, reason = mail._letter(env, line, line.last_result)
        except CannotRead as error:
            self._write_sentence(str(error), reader)
            return
        if line.problem:
            line.problem = False
        if letter:
            self._hand_over(letter)
            line.last_result = letter.result
        else:
            self.write({"state": "skipped", "reason": reason})

    def _language(self):
        """A contact reads in his own language, with the owner's rights."""
        return {"lang": self.partner_id.lang or None, "zone": self.partner_id.tz or None} if self.partner_id else {}

    def _why_not(self):
        """:return: why this one gets nothing, or nothing"""
        mail, line = self.view_mail_id, self.recipient_id
        user = self.user_id
        if not mail.user_id.active:
            return self.env._("The owner is archived")
        if not line and not user:
            return self.env._("The recipient is gone")
        if line and line.state != "on":
            return self.env._("The recipient stopped it")
        if user != mail.user_id and not mail.user_id.has_group(LEADER):
            return self.env._("The owner may no longer mail views to others")
        if user and not user.active:
            return self.env._("The recipient is archived")
        if user and user.share:
            return self.env._("The recipient is no internal user")
        if self.partner_id and not line._is_snapshot_confirmed():
            return self.env._("The owner has not confirmed the snapshot")
        if not (user.partner_id or self.partner_id).email:
            return self.env._("The recipient has no e-mail address")
        return None

    def _write_sentence(self, sentence, reader):
        """Once, and the owner is told once; as long as it stays so, nothing more is sent."""
        line, mail = self.recipient_id, self.view_mail_id
        if line.problem:
            self.write({"state": "skipped", "reason": sentence})
            return
        lang = self.partner_id.lang or reader.lang
        env = self.env(user=reader.id, su=False, context={"lang": lang, "tz": reader.tz or "UTC"})
        self._hand_over(mail._sentence(env, line, sentence))
        self.reason = sentence
        if line:
            owner = mail.with_context(lang=mail.user_id.lang)
            line.problem = owner.env._("Could not be shown this view")
            owner._tell_owner(owner.env._("it can't be shown to %(name)s any more.", name=line.display_name))

    def _hand_over(self, letter):
        """The mail goes to Odoo's queue in the transaction in which this row says so."""
        partner = self.user_id.partner_id or self.partner_id
        bot = self.env.ref("base.partner_root")
        company = (self.user_id or self.view_mail_id.user_id).company_id
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": letter.subject,
                    "body_html": letter.body,
                    "email_from": company.email_formatted or bot.email_formatted,
                    "reply_to": self.view_mail_id.user_id.email_formatted,
                    "author_id": bot.id,
                    "recipient_ids": [(4, partner.id)],
                    "auto_delete": False,
                    "headers": repr(self._headers()),
                }
            )
        )
        mail.attachment_ids = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": n,
                        "raw": raw,
                        "mimetype": kind,
                        "res_model": "mail.message",
                        "res_id": mail.mail_message_id.id,
                    }
                    for n, raw, kind in letter.files
                ]
            )
        )
        self.write(
            {
                "state": "queued",
                "mail_id": mail.id,
                "rows": letter.rows,
                "email": partner.email,
                "reason": False,
                "try_at": self.env.cr.now().replace(tzinfo=None) + WAIT,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _headers(self):
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        if self.recipient_id:
            headers["List-Unsubscribe"] = f"<{self.recipient_id._link()}>"
        return headers

    def _follow_up(self):
        """The same mail goes back to the queue where it failed: there never is a second one."""
        now = self.env.cr.now().replace(tzinfo=None)
        mail = self.mail_id
        if mail.state in ("sent", "received"):
            self.state = "sent"
        elif not mail or mail.state == "cancel":
            self.write({"state": "failed", "reason": self.env._("The mail was taken out of the queue")})
        elif mail.state == "outgoing":
            self.try_at = now + WAIT
        elif mail.failure_type in HOPELESS:
            self.reason = mail.failure_reason
            self._give_up()
        else:
            self._put_off(mail.failure_reason or "")
            if self.state != "failed":
                mail.mark_outgoing()
