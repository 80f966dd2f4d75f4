from odoo import fields, models


class CrmLead(models.Model):
    """A lead that sleeps until a day needs no attention before, unless the customer writes."""

    _inherit = "crm.lead"

    sleep_until = fields.Date(copy=False, tracking=True, help="Until that day the lead needs no attention.")
    sleep_reason = fields.Char(copy=False)
    slept_at = fields.Datetime(readonly=True, copy=False)

    def action_sleep(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sleep until …"),
            "res_model": "crm.lead.sleep",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_ids": self.ids},
        }

    def action_wake(self):
        self._sleep(False, False)

    def _sleep(self, until, reason):
        self.write({"sleep_until": until, "sleep_reason": reason, "slept_at": until and fields.Datetime.now()})
        kind, data = ("sent_to_sleep", {"until": until.isoformat()}) if until else ("woken", {})
        self.env["crm.lead.event"]._record([{"lead_id": lead.id, "kind": kind, "data": data} for lead in self])
