from odoo import api, models
from odoo.tools import SQL


class CrmLeadEvent(models.Model):
    """Where a lead that a partner looks for went on."""

    _inherit = "crm.lead.event"

    _merged_idx = models.Index("(id) WHERE kind = 'merged'")

    @api.model
    def _merged_into(self, lead_id):
        """:return: id of the lead into which the one of this number was merged, or 0; no rights are asked"""
        self._flush()
        query = SQL(
            "SELECT lead_id FROM crm_lead_event WHERE kind = 'merged' AND data -> 'from' @> to_jsonb(%s) LIMIT 1",
            lead_id,
        )
        rows = self.env.execute_query(query)
        return rows[0][0] if rows else 0
