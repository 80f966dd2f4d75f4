import json

from odoo import api, fields, models
from odoo.tools import SQL


class CrmAssignmentTurn(models.Model):
    """Whose turn it is in a team. Whoever shares out leads holds the row: two never do so at once.

    A table of its own, so that nobody who works with teams or members waits for a run.
    """

    _name = "crm.assignment.turn"
    _description = "Turn in a Sales Team"
    _log_access = False
    _rec_name = "team_id"

    team_id = fields.Many2one("crm.team", required=True, ondelete="cascade", readonly=True)
    turns = fields.Json(readonly=True, help="Member: place of his last turn.")

    _team_uniq = models.UniqueIndex("(team_id)")

    @api.model
    def _begin(self, teams):
        """Make sure that each team has its row."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO crm_assignment_turn (team_id, turns) SELECT unnest(%s::int[]), '{}'::jsonb"
                " ON CONFLICT (team_id) DO NOTHING",
                teams.ids,
            )
        )

    @api.model
    def _take(self, teams, is_patient=True):
        """Hold the turns of these teams until the transaction ends.

        :param bool is_patient: wait for who holds them, for the moment that his batch takes; else
            teams whose turns somebody else holds are missing in the answer
        :return: dict team id -> {member id: place}
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT team_id, turns FROM crm_assignment_turn WHERE team_id = ANY(%s) ORDER BY team_id FOR UPDATE %s",
                teams.ids,
                SQL() if is_patient else SQL("SKIP LOCKED"),
            )
        )
        return {team_id: {int(member): place for member, place in turns.items()} for team_id, turns in rows}

    @api.model
    def _keep(self, turned):
        """:param dict turned: team id -> {member id: new place}"""
        if not turned:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE crm_assignment_turn known SET turns = known.turns || new.turns::jsonb"
                "  FROM unnest(%s::int[], %s::text[]) AS new(team, turns) WHERE known.team_id = new.team",
                list(turned),
                [json.dumps(turns) for turns in turned.values()],
            )
        )
        self.invalidate_model()

    @api.model
    def _places(self, teams):
        """What `_take` answers, without holding anything."""
        records = self.search([("team_id", "in", teams.ids)])
        return {record.team_id.id: {int(member): place for member, place in record.turns.items()} for record in records}
