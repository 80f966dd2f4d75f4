from psycopg2 import OperationalError

from odoo import api, models


class CrmLeadEvent(models.Model):
    """What is told of a lead changes its points and its score in the same transaction."""

    _inherit = "crm.lead.event"

    @api.model
    def _insert(self, rows):
        result = super()._insert(rows)
        named = self.env["crm.scoring.rule"]._rule_events()
        if found := {row["lead_id"] for row in rows if row["kind"] in named}:
            self.env["crm.lead"]._score_soon(found)
        return result

    @api.model
    def _after_insert(self, lead_ids):
        """The score is right at once. Where somebody else has just written a lead, the job follows."""
        super()._after_insert(lead_ids)
        if not self.env["crm.scoring.model"]._any_serving():
            return
        try:
            self.env["crm.lead"]._score_refresh(lead_ids)
        except OperationalError:  # written meanwhile by another transaction
            self.env["crm.lead"]._score_all_soon()
