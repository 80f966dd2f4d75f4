from odoo import api, fields, models
from odoo.fields import Domain

# what can be said to be filled in or not
REQUIRABLE = ("char", "text", "html", "many2one", "many2many", "one2many", "selection", "date", "datetime")
NUMBERS = ("integer", "float", "monetary")


class CrmTeam(models.Model):
    """From when on a lead of the team is ready to become an opportunity."""

    _inherit = "crm.team"

    ready_rule_points = fields.Integer("Rule Points From", help="0: points don't count.")
    ready_win_score = fields.Float("Score From", help="0: the score doesn't count.")
    ready_required_field_ids = fields.Many2many(
        "ir.model.fields",
        "crm_team_ready_field_rel",
        "team_id",
        "field_id",
        string="Data That Must Be Known",
        domain=[
            ("model", "=", "crm.lead"),
            ("store", "=", True),
            ("ttype", "in", (*REQUIRABLE, *NUMBERS)),
            ("readonly", "=", False),
        ],
    )
    ready_auto_convert = fields.Boolean("Convert by Itself")
    ready_has_score = fields.Boolean(compute="_compute_ready_has_score")

    def _compute_ready_has_score(self):
        self.ready_has_score = "win_score" in self.env["crm.lead"]._fields

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        if any(teams.mapped("ready_auto_convert")):
            self._ready_job_sync()
        return teams

    def write(self, vals):
        result = super().write(vals)
        if {"ready_auto_convert", "active"}.intersection(vals):
            self._ready_job_sync()
        return result

    def action_try_ready(self):
        self.ensure_one()
        return self.env["crm.ready.trial"]._try_for(self)

    @api.model
    def _ready_job_sync(self):
        """The job runs as long as a team wants it."""
        cron = self.env.ref("crm_lead_scoring.ir_cron_ready", raise_if_not_found=False)
        is_on = bool(self.sudo().search_count([("ready_auto_convert", "=", True)], limit=1))
        if cron and cron.sudo().active != is_on:
            cron.sudo().active = is_on

    def _ready_bars(self):
        """What a lead of this team must reach.

        :return: dict name of a field of the lead -> Domain; empty where the team has set no bar
        """
        self.ensure_one()
        team, bars = self.sudo(), {}
        fields_of_lead = self.env["crm.lead"]._fields
        if team.ready_rule_points:
            bars["rule_score"] = Domain("rule_score", ">=", team.ready_rule_points)
        if team.ready_win_score and "win_score" in fields_of_lead:
            bars["win_score"] = Domain("win_score", ">=", team.ready_win_score)
        for name in team.ready_required_field_ids.mapped("name"):
            if field := fields_of_lead.get(name):
                bars[name] = Domain(name, "!=", 0 if field.type in NUMBERS else False)
        return bars
