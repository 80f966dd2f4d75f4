from odoo import models

from ..event_log.auto_reply import is_automatic
from .mail_message import ANSWERS, AUTOMATIC


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """Only here the raw mail is still at hand: what it says of itself is passed on."""
        known = {AUTOMATIC: is_automatic(message), ANSWERS: message_dict.get("parent_id")}
        return super(MailThread, self.with_context(**known))._message_route_process(message, message_dict, routes)
