from odoo import api, fields, models

from .crm_team import ODOO


class CrmTeam(models.Model):
    """What Leads Management shows of a team: room left, and what the last run came to."""

    _inherit = "crm.team"

    assignment_room = fields.Integer(
        "Room Left", compute="_compute_assignment_room_of_team", help="How many more leads the members can be given."
    )
    assignment_last_run_id = fields.Many2one("crm.assignment.run", "Last Run", compute="_compute_assignment_last_run")
    assignment_last_state = fields.Selection(
        [("running", "Under Way"), ("done", "Done"), ("stopped", "Stopped"), ("failed", "Failed")],
        compute="_compute_assignment_last_run",
    )
    assignment_last_result = fields.Char("Result", compute="_compute_assignment_last_run")

    @api.depends("crm_team_member_ids.assignment_room")
    def _compute_assignment_room_of_team(self):
        for team in self:
            team.assignment_room = sum(team.crm_team_member_ids.mapped("assignment_room"))

    def _compute_assignment_last_run(self):
        runs = self.env["crm.assignment.run"].search(
            [("team_ids", "in", self.ids), ("way", "!=", "by_hand")], limit=200
        )
        for team in self:
            run = next((run for run in runs if team in run.team_ids), runs.browse())
            team.assignment_last_run_id = run
            team.assignment_last_state = run.state
            team.assignment_last_result = team._assignment_result(run) if run else False

    def _assignment_result(self, run):
        if run.state == "running":
            return self.env._("%(progress)s %% done", progress=round(run.progress))
        given = self.env["crm.assignment.decision"].search_count(
            [("run_id", "=", run.id), ("team_id", "=", self.id), ("user_id", "!=", False)]
        )
        if run.state == "failed":
            return self.env._("Failed: %(reason)s", reason=run.error or "")
        return self.env._("%(given)s given", given=given)

    @api.model
    def action_open_assignment(self):
        """Managers see all teams, leaders their own."""
        action = self.env["ir.actions.actions"]._for_xml_id("crm_core.crm_team_action_assignment")
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            action["domain"] = [("user_id", "=", self.env.uid)]
        return action

    def action_show_run(self):
        self.ensure_one()
        return self.assignment_last_run_id._action_show()

    def action_switch_off_assignment(self):
        """Odoo's own way again, from the next run on."""
        self._assignment_check_rights()
        self.sudo().assignment_method = ODOO
