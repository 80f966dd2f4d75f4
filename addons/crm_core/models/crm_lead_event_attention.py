from psycopg2 import OperationalError

from odoo import api, models


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _after_insert(self, lead_ids):
        """The states are right at once. Where somebody else has just written a lead, the job follows."""
        super()._after_insert(lead_ids)
        leads = self.env["crm.lead"]
        if not leads._attention_is_on():
            return
        try:
            leads._attention_refresh(lead_ids)
        except OperationalError:  # written meanwhile by another transaction
            leads.env.ref("crm_core.ir_cron_attention")._trigger()

    @api.model
    def _forget_kinds(self, names):
        """What followed from these events has to be worked out anew."""
        super()._forget_kinds(names)
        if self.env["crm.lead"]._attention_is_on():
            self.env["crm.lead"]._attention_start()
