from odoo import fields, models


class CrmLeadLost(models.TransientModel):
    _inherit = "crm.lead.lost"

    new_reason = fields.Char("Another Reason", help="Is added to the lost reasons for everybody.")

    def action_lost_reason_apply(self):
        self.ensure_one()
        name = " ".join((self.new_reason or "").split())
        if name:
            self.lost_reason_id = self._find_or_create_reason(name)
        return super().action_lost_reason_apply()

    def _find_or_create_reason(self, name):
        Reason = self.env["crm.lost.reason"]
        known = {reason.name.casefold(): reason for reason in Reason.with_context(active_test=False).search([])}
        return known.get(name.casefold()) or Reason.create({"name": name})
