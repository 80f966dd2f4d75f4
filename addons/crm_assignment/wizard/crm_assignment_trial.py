from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command

from ..allocation.evenness import gap

MOST = 20_000


class CrmAssignmentTrial(models.TransientModel):
    """Shares out the leads of the last days on paper: who would have got what, against what happened."""

    _name = "crm.assignment.trial"
    _inherit = ["crm.trial.mixin"]
    _description = "Try Lead Assignment"

    team_id = fields.Many2one("crm.team", "Sales Team", required=True, readonly=True)
    days = fields.Integer(default=30)
    method = fields.Selection(
        [("round_robin", "Round Robin"), ("least_loaded", "Least Loaded"), ("weighted", "By Capacity")],
        required=True,
        default="round_robin",
    )
    is_on = fields.Boolean(compute="_compute_is_on")
    is_tried = fields.Boolean(readonly=True)
    line_ids = fields.One2many("crm.assignment.trial.line", "trial_id", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    left_count = fields.Integer("Would Stay", readonly=True)
    left_words = fields.Char(readonly=True)
    gap_was = fields.Integer(
        "Largest Difference Now", readonly=True, help="Between members who can be given leads: not absent, with room."
    )
    gap_would = fields.Integer(
        "Largest Difference Then", readonly=True, help="Between members who can be given leads: not absent, with room."
    )

    @api.depends("team_id", "method")
    def _compute_is_on(self):
        for trial in self:
            trial.is_on = trial.team_id.assignment_method == trial.method

    @api.model
    def _try_for(self, team):
        method = team._own_method().assignment_method or "round_robin"
        trial = self.create({"team_id": team.id, "method": method})
        return trial._action_show()

    def action_try(self):
        """Nothing is written but the answer."""
        self.ensure_one()
        self.team_id._assignment_check_rights()
        trial = self.sudo()
        leads = trial._leads()
        desk = self.env["crm.assignment.desk"].sudo()
        plan = desk._plan(leads.ids, trial.team_id, trial_days=max(self.days, 1), method=self.method)
        would = {decision.lead: decision for _team_id, decision in plan.decisions()}
        trial._fill(leads, would)
        return self._action_show()

    def _leads(self):
        """Leads of these days that are the team's, or that would have been."""
        domain = [("create_date", ">=", self._since()), ("team_id", "=", self.team_id.id)]
        return self.env["crm.lead"].with_context(active_test=False).search(domain, limit=MOST, order="id desc")

    def _fill(self, leads, would):
        members = self.team_id.crm_team_member_ids
        values = {lead.id: lead.expected_revenue for lead in leads}
        had, got, had_value, got_value = Counter(), Counter(), Counter(), Counter()
        for lead in leads:
            had[lead.user_id.id] += 1
            had_value[lead.user_id.id] += values[lead.id]
        user_of = {member.id: member.user_id.id for member in members}
        for lead_id, decision in would.items():
            if decision.member:
                got[user_of[decision.member]] += 1
                got_value[user_of[decision.member]] += values[lead_id]
        left = Counter(decision.why for decision in would.values() if not decision.member)
        words = dict(self.env["crm.assignment.decision"]._selection_why())
        users = members.filtered(lambda member: member.assignment_max > 0 and not member.assignment_absence).user_id
        self.line_ids.unlink()
        self.write(
            {
                "is_tried": True,
                "lead_count": len(leads),
                "left_count": sum(left.values()),
                "left_words": ", ".join(f"{words[why]}: {number}" for why, number in left.most_common()) or False,
                "gap_was": gap(had[user.id] for user in users),
                "gap_would": gap(got[user.id] for user in users),
                "line_ids": [
                    Command.create(
                        {
                            "user_id": member.user_id.id,
                            "maximum": member.assignment_max,
                            "absence": member.assignment_absence,
                            "was": had[member.user_id.id],
                            "would": got[member.user_id.id],
                            "value_was": had_value[member.user_id.id],
                            "value_would": got_value[member.user_id.id],
                        }
                    )
                    for member in members
                ],
            }
        )

    def action_switch_on(self):
        self.ensure_one()
        self.team_id._assignment_check_rights()
        self.team_id.sudo().assignment_method = self.method
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class CrmAssignmentTrialLine(models.TransientModel):
    _name = "crm.assignment.trial.line"
    _description = "Try Lead Assignment: One Member"
    _order = "would desc, id"

    trial_id = fields.Many2one("crm.assignment.trial", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    maximum = fields.Integer(readonly=True)
    absence = fields.Selection(
        [("paused", "Paused"), ("archived", "Archived"), ("away", "Away"), ("holiday", "Holiday")], readonly=True
    )
    was = fields.Integer("Leads Now", readonly=True)
    would = fields.Integer("Leads Then", readonly=True)
    currency_id = fields.Many2one(related="trial_id.team_id.currency_id")
    value_was = fields.Monetary("Revenue Now", readonly=True)
    value_would = fields.Monetary("Revenue Then", readonly=True)
