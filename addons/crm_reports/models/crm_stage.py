from odoo import api, models
from odoo.tools import SQL


class CrmStage(models.Model):
    _inherit = "crm.stage"

    @api.model
    @api.readonly
    def get_congestion(self, team_id=False):
        """Which stages are congested, and why: stage id -> team id (0 for none) -> sentence.

        Only for those who see whole teams; of teams and companies that they may see.

        :param team_id: of that team only
        """
        if not self.env.user.has_group("crm_core.group_sale_salesman_team"):
            return {}
        found = {}
        usuals = self.env["crm.stage.usual"].search([("team_id", "=", team_id)] if team_id else [])
        for one, (_number, _age, words) in usuals._now().items():
            if words:
                found.setdefault(one.stage_id.id, {})[one.team_id.id or 0] = words
        return found

    @api.model
    def _standing(self):
        """(stage, team) -> number of open deals that stand there, median of the days they do; as the reader may see."""
        leads = self.env["crm.lead"]
        query = leads._search([("type", "=", "opportunity"), ("won_status", "=", "pending"), ("active", "=", True)])
        age = leads._days(leads._column(leads._table, "date_last_stage_update"), leads._now())
        stage, team = (leads._field_to_sql(leads._table, name, query) for name in ("stage_id", "team_id"))
        query.groupby = SQL("%s, %s", stage, team)
        query.order = None
        median = SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)", age)
        rows = self.env.execute_query(query.select(stage, team, SQL("count(*)"), median))
        teams = self.env["crm.team"].browse([row[1] for row in rows if row[1]])
        by_id = {team.id: team for team in teams}
        return {
            (stage_id, by_id.get(team_id, self.env["crm.team"])): (number, age or 0)
            for stage_id, team_id, number, age in rows
        }
