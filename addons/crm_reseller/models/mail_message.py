from odoo import models
from odoo.fields import Domain


class MailMessage(models.Model):
    """Internal messages stay internal: Odoo keeps only written notes from portal users who guess a number, not
    tracked changes and mails that were kept as a note.
    """

    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        user = self.env.user
        if operation != "read" or not (user.share and user._has_partner_portal()):
            return forbidden
        shared = Domain(self._get_search_domain_share()) | Domain("author_id", "=", user.partner_id.id)
        leads = (self - forbidden).sudo().filtered(lambda message: message.model == "crm.lead")
        return forbidden + (leads - leads.filtered_domain(shared)).sudo(False)
