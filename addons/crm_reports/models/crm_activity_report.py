from odoo import models


class CrmActivityReport(models.Model):
    """A row of the dashboard on activities opens the lead it was done for."""

    _inherit = "crm.activity.report"

    def action_open_lead(self):
        self.ensure_one()
        return self.lead_id.get_formview_action()
