from odoo import models
from odoo.tools import SQL

ALL = 0  # leads of teams that have no frequencies of their own go by those of all


class CrmLead(models.Model):
    """Many leads are given to somebody at once: what Odoo makes of their probabilities has to be what it
    makes of each alone. Where a team has won or lost nothing yet, that is nothing; Odoo gives all but the
    first of its leads the prior of the lead before, or 50 %."""

    _inherit = "crm.lead"

    def _pls_get_naive_bayes_probabilities(self, batch_mode=False, is_tooltip=False):
        result = super()._pls_get_naive_bayes_probabilities(batch_mode=batch_mode, is_tooltip=is_tooltip)
        if batch_mode or is_tooltip or len(self) < 2 or not result or not self.env["crm.team"]._teams_with_method():
            return result
        probabilities, tooltip = result
        totals = self._pls_totals()
        for lead in self:
            # 0: it has no stage, 100: it is won; neither asks for totals
            if 0 < probabilities.get(lead.id, 0) < 100 and not totals.get(lead.team_id.id, totals[ALL]):
                del probabilities[lead.id]
        return probabilities, tooltip

    def _pls_totals(self):
        """dict team id, or ALL -> whether there are won and lost ones to go by"""
        first = self.env["crm.stage"].search([("team_ids", "=", False)], order="sequence, id", limit=1)
        self.env["crm.lead.scoring.frequency"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT team_id, sum(won_count) FILTER (WHERE variable = 'stage_id' AND value = %(first)s),"
                "       sum(lost_count) FILTER (WHERE variable = 'stage_id' AND value = %(first)s)"
                "  FROM crm_lead_scoring_frequency GROUP BY team_id",
                first=str(first.id),
            )
        )
        totals = {team_id: bool(won and lost) for team_id, won, lost in rows if team_id}
        won, lost = (sum(row[place] or 0 for row in rows) for place in (1, 2))
        return {**totals, ALL: bool(won and lost)}
