from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._event_record_chat()
        return leads

    def write(self, vals):
        channel_id = vals.get("origin_channel_id")
        linked = self.filtered(lambda lead: lead.origin_channel_id.id != channel_id) if channel_id else self[:0]
        result = super().write(vals)
        linked._event_record_chat()
        return result

    def _event_record_chat(self):
        leads = self.sudo().filtered("origin_channel_id")
        if leads:
            leads.origin_channel_id._event_record(leads)
