from odoo import api, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if any(vals.get("mailing_id") for vals in vals_list):
            of_mailings = mails.filtered("mailing_id").mail_message_id
            self.env["crm.lead.event"]._pending().leave_out(of_mailings.ids)
        return mails
