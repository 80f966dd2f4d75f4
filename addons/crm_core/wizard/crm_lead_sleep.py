from odoo import fields, models
from odoo.exceptions import UserError


class CrmLeadSleep(models.TransientModel):
    _name = "crm.lead.sleep"
    _description = "Sleep until"

    lead_ids = fields.Many2many("crm.lead", required=True)
    until = fields.Date(required=True)
    reason = fields.Char(required=True)

    def action_sleep(self):
        """Out of the lists until that day, and an activity on that morning."""
        if self.until <= fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day that is still to come."))
        self.lead_ids.check_access("write")
        self.lead_ids._sleep(self.until, self.reason)
        for lead in self.lead_ids:
            lead.activity_schedule(
                "mail.mail_activity_data_todo",
                self.until,
                summary=self.reason,
                user_id=(lead.user_id or self.env.user).id,
            )
        return {"type": "ir.actions.act_window_close"}
