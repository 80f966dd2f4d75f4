from markupsafe import Markup

from odoo import api, models

from .mend import is_mended


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """A partner does not write into a lead that is not his, by a mail that he kept or was forwarded."""
        checked = super()._routing_check_route(message, message_dict, route, raise_exception=raise_exception)
        if not checked or checked[0] != "crm.lead" or not checked[1] or not is_mended(self.env):
            return checked
        email = message_dict["email_from"]
        if not self.env["crm.lead"].browse(checked[1])._is_foreign_reseller(email):
            return checked
        words = self.env._("This lead is not with you any more, so your answer was not taken. Please ask us.")
        self._routing_create_bounce_email(email, Markup("<p>%s</p>") % words, message)
        return False
