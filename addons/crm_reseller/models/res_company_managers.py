from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _tell_channel_managers(self, records, words):
        """A notification to each channel manager of the company, in his own language.

        :param records: what it is about; the first is linked
        :param words: function of the records in his language that gives (subject, body)
        """
        group = self.env.ref("crm_reseller.group_channel_manager").sudo()
        managers = group.all_user_ids.filtered(lambda user: user.active and not user.share and self in user.company_ids)
        for manager in managers:
            subject, body = words(records.with_context(lang=manager.lang))
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=manager.partner_id.ids,
                subject=subject,
                body=body,
                model=records._name,
                res_id=records[:1].id,
            )
