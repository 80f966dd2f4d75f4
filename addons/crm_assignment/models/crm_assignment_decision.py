import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..allocation.facts import GIVEN, LEFT

WAYS = [
    ("job", "Scheduled Run"),
    ("button", "Run by Hand"),
    ("at_once", "On Arrival"),
    ("take_back", "Taken Back"),
    ("by_hand", "Reassigned"),
]
KEEP_DAYS = "crm_assignment.keep_days"
BATCH = 10_000
COUNTS = ("lead_day_count", "lead_month_count", "lead_all_assigned_month_count", "assignment_room")
ROW = {
    "lead_id": "int",
    "run_id": "int",
    "team_id": "int",
    "user_id": "int",
    "before_user": "int",
    "before_team": "int",
    "why": "varchar",
    "method": "varchar",
    "is_preferred": "boolean",
    "lookalike": "int",
    "candidates": "text",
}


class CrmAssignmentDecision(models.Model):
    """Why a lead was given to somebody, or to nobody: who else there was, and why not he.

    Written by SQL, together with what it decides. Ids are plain integers where the record may go.
    """

    _name = "crm.assignment.decision"
    _description = "Assignment Decision"
    _log_access = False
    _order = "moment desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", ondelete="set null", index=True, readonly=True)
    run_id = fields.Many2one("crm.assignment.run", "Run", ondelete="set null", index="btree_not_null", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", ondelete="cascade", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="Nobody: it stayed.",
    )
    moment = fields.Datetime(required=True, readonly=True)
    way = fields.Selection(WAYS, required=True, readonly=True)
    why = fields.Selection(selection="_selection_why", required=True, readonly=True)
    method = fields.Char(readonly=True)
    is_preferred = fields.Boolean("Preferred", readonly=True)
    lookalike = fields.Integer("Looks Like", readonly=True)
    before_user = fields.Integer(readonly=True)
    before_team = fields.Integer(readonly=True)
    candidates = fields.Json(
        readonly=True, help="Members, their load and room when it was decided, why each or why not."
    )
    is_undone = fields.Boolean("Undone", readonly=True)

    _given_idx = models.Index("(team_id, user_id, moment) WHERE user_id IS NOT NULL AND is_undone IS NOT TRUE")

    @api.model
    def _selection_why(self):
        _ = self.env._
        words = {
            "round_robin": _("Next in turn"),
            "least_loaded": _("Least to do"),
            "weighted": _("Most of the maximum still free"),
            "customer": _("Salesperson of the customer"),
            "lookalike": _("Has a lead that looks the same"),
            "by_hand": _("Chosen by a person"),
            "leader": _("To the leader, after several tries"),
            "no_team": _("Fits no team's filter"),
            "no_team_room": _("No fitting team has room"),
            "no_members": _("The team has no members"),
            "filter_broken": _("A filter no longer works"),
            "filter": _("Fits no member's filter"),
            "had_it": _("Everybody who could take it had it"),
            "paused": _("Who fits is paused"),
            "archived": _("Who fits is archived"),
            "holiday": _("It is a holiday"),
            "away": _("Who fits is away"),
            "no_room": _("Who fits has reached the maximum"),
            "day_done": _("Who fits has had today's share"),
            "failed": _("Could not be written"),
        }
        return [(code, words[code]) for code in (*GIVEN, "by_hand", "leader", *LEFT, "failed")]

    @api.model
    def _write_down(self, rows, way):
        """Append decisions in one statement; what was said of a lead that stayed gives way to the new word.

        :param list rows: dicts with the columns of ROW
        :return: list of their ids, in the same order
        """
        if not rows:
            return []
        lead_ids = [row["lead_id"] for row in rows]
        self.env.cr.execute(
            SQL("DELETE FROM crm_assignment_decision WHERE lead_id = ANY(%s) AND user_id IS NULL", lead_ids)
        )
        columns = {name: [row.get(name) or None for row in rows] for name in ROW}
        columns["candidates"] = [known and json.dumps(known) for known in columns["candidates"]]
        values = SQL(", ").join(SQL("%s::%s[]", columns[name], SQL(kind)) for name, kind in ROW.items())
        names = SQL(", ").join(map(SQL.identifier, ROW))
        told = SQL(", ").join(
            SQL("v.candidates::jsonb") if name == "candidates" else SQL.identifier("v", name) for name in ROW
        )
        ids = self.env.execute_query(
            SQL(
                "INSERT INTO crm_assignment_decision (%s, moment, way)"
                " SELECT %s, %s, %s FROM unnest(%s) WITH ORDINALITY AS v(%s, n) ORDER BY v.n RETURNING id",
                names,
                told,
                fields.Datetime.now(),
                way,
                values,
                names,
            )
        )
        self._forget_counts()
        return [row[0] for row in ids]

    @api.model
    def _forget_counts(self):
        """What was computed of decisions is to be read anew."""
        self.invalidate_model()
        for model in ("crm.team.member", "crm.team"):
            counts = [name for name in COUNTS if name in self.env[model]._fields]
            self.env[model].invalidate_model(counts, flush=False)

    def _set_undone(self):
        """What was undone no longer counts against anybody's maximum."""
        self.env.cr.execute(SQL("UPDATE crm_assignment_decision SET is_undone = TRUE WHERE id = ANY(%s)", self.ids))
        self._forget_counts()

    @api.model
    def _cron_forget(self):
        """Decisions of leads and runs that are long past; those of the last 31 days always stay."""
        days = max(int(self.env["ir.config_parameter"].get_param(KEEP_DAYS, 365)), 31)
        moment = self.env.cr.now().replace(tzinfo=None) - timedelta(days=days)
        more = True
        while more:
            old = self.search([("moment", "<", moment)], limit=BATCH, order="id")
            old.unlink()
            more = len(old) == BATCH
            if not self.env["crm.assignment.run"]._commit(len(old), int(more)):
                return
        runs = self.env["crm.assignment.run"].search([("started", "<", moment), ("state", "!=", "running")])
        runs.unlink()

    @api.model
    def _given_since(self, teams, moment):
        """How many leads the engine gave whom, and when first: the rows that count against a maximum.

        :return: dict (team id, user id) -> (number, earliest moment)
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT team_id, user_id, count(*), min(moment) FROM crm_assignment_decision"
                " WHERE team_id = ANY(%s) AND user_id IS NOT NULL AND is_undone IS NOT TRUE AND moment > %s"
                "   AND way <> 'by_hand' GROUP BY team_id, user_id",
                teams.ids,
                moment,
            )
        )
        return {(team_id, user_id): (number, first) for team_id, user_id, number, first in rows}
