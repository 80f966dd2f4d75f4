from odoo import api, fields, models
from odoo.tools import SQL

from ..figures.passages import MOVED, STEPS, Step, passages

COLUMNS = {
    "lead_id": "int4",
    "stage_id": "int4",
    "next_stage_id": "int4",
    "entered": "timestamp",
    "left_at": "timestamp",
    "days": "float8",
    "outcome": "varchar",
    "went_on": "float8",
    "user_id": "int4",
    "team_id": "int4",
    "company_id": "int4",
}
# of a stay that has ended: did it bring the lead nearer to being won?
WENT_ON = {"on": 100, "won": 100, "back": 0, "lost": 0}


class CrmLeadPassage(models.Model):
    """The stays of leads in stages: how long, and what came next. Told from the log, written by SQL."""

    _name = "crm.lead.passage"
    _inherit = "crm.lead.reading.mixin"
    _description = "Passage through a Stage"
    _order = "entered desc, id desc"
    _log_access = False

    stage_id = fields.Many2one("crm.stage", readonly=True, index="btree_not_null", ondelete="cascade")
    next_stage_id = fields.Many2one("crm.stage", readonly=True, index="btree_not_null", ondelete="set null")
    entered = fields.Datetime(readonly=True)
    left_at = fields.Datetime("Left", readonly=True)
    days = fields.Float("Days in Stage", readonly=True, aggregator="avg")
    outcome = fields.Selection(
        [("open", "Still There"), ("on", "Went On"), ("back", "Went Back"), ("won", "Won"), ("lost", "Lost")],
        readonly=True,
    )
    went_on = fields.Float(
        "Went On (%)",
        readonly=True,
        aggregator="avg",
        help="Of the leads that left the stage, how many went on or won.",
    )
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True, index="btree_not_null", ondelete="set null")
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True, index="btree_not_null", ondelete="set null")
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null", ondelete="cascade")

    @api.model
    def _is_lead_company_kept(self):
        """Off, nothing is kept and nothing is asked: rows are as readable as their leads all the same."""
        return self.env["crm.lead.facts"]._are_counted()

    @api.model
    def _match_companies(self):
        """Of rows that were there while it was off."""
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead_passage told SET company_id = lead.company_id FROM crm_lead lead"
                " WHERE told.lead_id = lead.id AND told.company_id IS DISTINCT FROM lead.company_id"
            )
        )
        self.invalidate_model(["company_id"], flush=False)

    @api.model
    def _refresh(self, lead_ids):
        """Tell the passages of these leads anew."""
        ids = list(lead_ids)
        rows = self._rows_of(ids)
        self.env.cr.execute(SQL("DELETE FROM crm_lead_passage WHERE lead_id = ANY(%s)", ids))
        if rows:
            arrays = (
                SQL("%s::%s[]", list(column), SQL(sql_type))
                for column, sql_type in zip(zip(*rows, strict=True), COLUMNS.values(), strict=True)
            )
            self.env.cr.execute(
                SQL(
                    "INSERT INTO crm_lead_passage (%s) SELECT * FROM unnest(%s)",
                    SQL(", ").join(map(SQL.identifier, COLUMNS)),
                    SQL(", ").join(arrays),
                )
            )
        self.invalidate_model(flush=False)

    @api.model
    def _rows_of(self, ids):
        stages = self.env["crm.stage"].sudo().search([])
        won, places = frozenset(stages.filtered("is_won").ids), {stage.id: n for n, stage in enumerate(stages)}
        steps = self._steps_of(ids)
        return [
            (
                lead_id, one.stage, one.next_stage if one.next_stage in places else None, one.entered, one.left,
                one.days, one.outcome, WENT_ON.get(one.outcome), user, team, company,
            )
            for lead_id, created, stage, is_open, user, team, company in self.env.execute_query(
                SQL(
                    """
                    SELECT id, create_date, stage_id, active AND won_status = 'pending', user_id, team_id, company_id
                      FROM crm_lead WHERE id = ANY(%s) AND create_date IS NOT NULL ORDER BY id
                    """,
                    ids,
                )
            )
            for one in passages(created, stage, is_open, steps.get(lead_id, ()), won, places)
            if one.stage in places
        ]  # fmt: skip

    @api.model
    def _steps_of(self, ids):
        """lead id -> its own steps, oldest first; those that came with a merge are another lead's."""
        found = {}
        for lead_id, moment, kind, before, after in self.env.execute_query(
            SQL(
                """
                SELECT lead_id, moment, kind,
                       CASE WHEN kind = %(moved)s THEN NULLIF(data->>'from', 'false')::int END,
                       CASE WHEN kind = %(moved)s THEN NULLIF(data->>'to', 'false')::int END
                  FROM crm_lead_event
                 WHERE lead_id = ANY(%(ids)s) AND kind = ANY(%(kinds)s) AND origin_id IS NULL
                 ORDER BY lead_id, moment, id
                """,
                moved=MOVED,
                ids=ids,
                kinds=list(STEPS),
            )
        ):
            found.setdefault(lead_id, []).append(Step(moment, kind, before, after))
        return found
