from odoo import api, models


class CrmLeadEvent(models.Model):
    """Events that a rule names: the lead is scored in the same transaction."""

    _inherit = "crm.lead.event"

    @api.model
    def _insert(self, rows):
        result = super()._insert(rows)
        named = self.env["crm.scoring.rule"]._rule_events()
        if found := {row["lead_id"] for row in rows if row["kind"] in named}:
            self.env["crm.lead"]._score_soon(found)
        return result
