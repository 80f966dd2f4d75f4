from odoo import api, fields, models
from odoo.tools import SQL

from ..allocation.evenness import gap, gini


class CrmAssignmentRun(models.Model):
    """How evenly a run gave, and why leads stayed."""

    _inherit = "crm.assignment.run"

    line_ids = fields.One2many("crm.assignment.run.line", "run_id", readonly=True)
    evenness = fields.Char(compute="_compute_evenness")
    left_words = fields.Char("Why", compute="_compute_left_words")

    @api.depends("line_ids.number", "line_ids.team_id")
    def _compute_evenness(self):
        for run in self:
            words = []
            for team, lines in run.line_ids.grouped("team_id").items():
                numbers = lines.mapped("number")
                words.append(
                    self.env._(
                        "%(team)s: largest difference %(gap)s, Gini %(gini)s",
                        team=team.name,
                        gap=gap(numbers),
                        gini=f"{gini(numbers):.2f}",
                    )
                )
            run.evenness = "; ".join(words)

    @api.depends("left")
    def _compute_left_words(self):
        words = dict(self.env["crm.assignment.decision"]._selection_why())
        groups = self.env["crm.assignment.decision"]._read_group(
            [("run_id", "in", self.ids), ("user_id", "=", False)], ["run_id", "why"], ["__count"]
        )
        found = {}
        for run, why, number in sorted(groups, key=lambda row: -row[2]):
            found.setdefault(run.id, []).append(f"{words[why]}: {number}")
        for run in self:
            run.left_words = ", ".join(found.get(run.id, ()))


class CrmAssignmentRunLine(models.Model):
    """What each salesperson got in a run."""

    _name = "crm.assignment.run.line"
    _description = "Assignment Run: One Salesperson"
    _auto = False
    _order = "run_id desc, number desc, id"
    _depends = {
        "crm.assignment.decision": ["run_id", "team_id", "user_id", "lead_id", "is_undone"],
        "crm.lead": ["expected_revenue"],
    }

    run_id = fields.Many2one("crm.assignment.run", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    number = fields.Integer("Leads", readonly=True)
    value = fields.Float("Expected Revenue", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(decision.id) AS id, decision.run_id, decision.team_id, decision.user_id,
                   count(*) AS number, sum(lead.expected_revenue) AS value
              FROM crm_assignment_decision decision
              LEFT JOIN crm_lead lead ON lead.id = decision.lead_id
             WHERE decision.run_id IS NOT NULL AND decision.user_id IS NOT NULL AND decision.is_undone IS NOT TRUE
             GROUP BY decision.run_id, decision.team_id, decision.user_id
            """
        )
