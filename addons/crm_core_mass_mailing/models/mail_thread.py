from odoo import models

from .mailing_trace import IMPLIED


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        answering = self.with_context(**{IMPLIED: True})
        return super(MailThread, answering)._message_route_process(message, message_dict, routes)
