import logging

from odoo import api, models

BATCH = 100
_logger = logging.getLogger(__name__)


class CrmViewMail(models.Model):
    """The job: what is due gets its row first, and that is committed; then row by row the mails are written."""

    _name = "crm.view.mail"
    _inherit = ["crm.view.mail", "crm.row.job.mixin"]

    @api.model
    def _cron_send(self):
        if not self._is_allowed():
            return
        while self._note_due() == BATCH:
            self._commit(0)
        self._commit(0)
        now = self.env.cr.now().replace(tzinfo=None)
        is_open = [("state", "in", ("waiting", "queued")), ("try_at", "<=", now)]
        self._work_off(self.env["crm.view.mail.sending"].search(is_open, order="id"))

    @api.model
    def _note_due(self):
        """One row for each recipient whose time has come; what is long past is due once.

        :return: how many recipients were dealt with
        """
        now = self.env.cr.now().replace(tzinfo=None)
        lines = self.env["crm.view.mail.recipient"].search([("next_at", "<=", now)], order="next_at, id", limit=BATCH)
        lines = lines.try_lock_for_update()
        lines.invalidate_recordset(["next_at", "state"])
        lines = lines.filtered(lambda line: line.next_at and line.next_at <= now)
        for mail, own in lines.grouped("view_mail_id").items():
            if not mail.user_id.active:
                mail._pause_for(self.env._("The owner %(name)s is archived.", name=mail.user_id.name))
            elif mail.state == "on":
                own.filtered(lambda line: line.state == "on")._note(mail)
            mail._plan_lines(own)
        self._wake_job(lines)
        return len(lines)

    def _pause_for(self, reason):
        self.write({"state": "paused", "pause_reason": reason})

    def _tell_owner(self, text):
        """A message from OdooBot in Discuss. Where that fails the job goes on all the same."""
        bot = self.env.ref("base.user_root")
        owner = self.user_id
        if not owner.active:
            return
        try:
            with self.env.cr.savepoint():
                chat = self.env["discuss.channel"].with_user(bot)._get_or_create_chat(owner.partner_id.ids, pin=False)
                chat.sudo().message_post(
                    body=f"{self.name}: {text}",
                    author_id=bot.partner_id.id,
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                )
        except Exception:  # noqa: BLE001  (whatever posting a message leads to)
            _logger.warning("The owner of mailed view %s could not be told", self.name, exc_info=True)
