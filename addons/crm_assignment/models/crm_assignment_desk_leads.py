from odoo import api, models
from odoo.tools import SQL

from ..allocation.facts import Lead


class CrmAssignmentDesk(models.AbstractModel):
    """What the engine has to know of the leads: rank, load, whom they belong to, who had them."""

    _inherit = "crm.assignment.desk"

    @api.model
    def _lead_facts(self, lead_ids, owners):
        """dict lead id -> what the engine asks of it, in the order of rank"""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT lead.id, lead.team_id, lead.company_id, lead.probability AS rank,
                       lead.expected_revenue * lead.probability / 100 AS value,
                       COALESCE(customer.user_id, company.user_id) AS customer_user
                  FROM crm_lead lead
                  LEFT JOIN res_partner customer ON customer.id = lead.partner_id
                  LEFT JOIN res_partner company ON company.id = customer.commercial_partner_id
                 WHERE lead.id = ANY(%s)
                 ORDER BY lead.probability DESC, lead.id
                """,
                list(lead_ids),
            )
        )
        had = self._had_it(lead_ids)
        for lead_id, user_id in owners.items():
            had[lead_id] = had.get(lead_id, frozenset()) | {user_id}
        return {row["id"]: {**row, "had": had.get(row["id"], frozenset())} for row in rows}

    @api.model
    def _had_it(self, lead_ids):
        """dict lead id -> users whom it was taken back from"""
        rows = self.env.execute_query(
            SQL(
                "SELECT lead_id, array_agg(before_user) FROM crm_assignment_decision"
                " WHERE lead_id = ANY(%s) AND way = 'take_back' AND before_user IS NOT NULL GROUP BY lead_id",
                list(lead_ids),
            )
        )
        return {lead_id: frozenset(users) for lead_id, users in rows}

    @api.model
    def _as_lead(self, fact, loyal_user=None, loyal_why="customer", user_of=None, team=None):
        user_of = user_of or {}
        by_value = team and team.assignment_load == "value"
        return Lead(
            fact["id"],
            rank=fact["rank"] or 0.0,
            load=(fact["value"] or 0.0) if by_value else 1.0,
            loyal=user_of.get(loyal_user),
            loyal_why=loyal_why,
            without=frozenset(user_of[user] for user in fact["had"] if user in user_of),
        )

    @api.model
    def _loyal(self, teams, facts, by_team, plan):
        """dict lead id -> (user, why), in teams that keep customers with their salespersons"""
        loyal_teams = teams.filtered("assignment_loyal")
        asked = [lead_id for team in loyal_teams for lead_id in by_team.get(team.id, ())]
        if not asked:
            return {}
        found = {
            lead_id: (facts[lead_id]["customer_user"], "customer")
            for lead_id in asked
            if facts[lead_id]["customer_user"]
        }
        alike = {
            lead_id: others for lead_id, others in self.env["crm.lead"].browse(asked)._lookalikes_of().items() if others
        }
        owners = self._owners({other for others in alike.values() for other, _by in others})
        for lead_id, others in alike.items():
            owned = next((other for other, _by in others if owners.get(other)), None)
            if owned:
                plan.lookalikes[lead_id] = owned
                found.setdefault(lead_id, (owners[owned], "lookalike"))
        return found

    @api.model
    def _owners(self, lead_ids):
        rows = self.env.execute_query(SQL("SELECT id, user_id FROM crm_lead WHERE id = ANY(%s)", list(lead_ids)))
        return dict(rows)
