from odoo import api, fields, models
from odoo.fields import Command


class CrmProcessStart(models.TransientModel):
    """Start a team from a ready process, after a look at what that adds."""

    _name = "crm.process.start"
    _description = "Start from a Ready Process"

    team_id = fields.Many2one("crm.team", required=True, readonly=True)
    process_id = fields.Many2one(
        "crm.process", required=True, default=lambda self: self.env["crm.process"].search([], limit=1)
    )
    summary = fields.Text(related="process_id.summary")
    line_ids = fields.One2many("crm.process.start.line", "start_id", compute="_compute_line_ids", store=True)
    new_count = fields.Integer(compute="_compute_new_count")

    @api.depends("team_id", "process_id")
    def _compute_line_ids(self):
        for start in self:
            preview = start.process_id._preview(start.team_id) if start.process_id and start.team_id else []
            start.line_ids = [
                Command.clear(),
                *(Command.create({"process_line_id": line.id, "is_new": is_new}) for line, is_new in preview),
            ]

    @api.depends("line_ids")
    def _compute_new_count(self):
        for start in self:
            start.new_count = len(start.line_ids.filtered("is_new"))

    def action_apply(self):
        self.ensure_one()
        self.process_id._apply_to(self.team_id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(team)s now follows the process “%(process)s”.",
                    team=self.team_id.name,
                    process=self.process_id.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class CrmProcessStartLine(models.TransientModel):
    _name = "crm.process.start.line"
    _description = "Preview of a Ready Process"

    start_id = fields.Many2one("crm.process.start", required=True, ondelete="cascade")
    process_line_id = fields.Many2one("crm.process.line", required=True, ondelete="cascade")
    kind = fields.Selection(related="process_line_id.kind")
    name = fields.Char(related="process_line_id.name")
    is_new = fields.Boolean()
    effect = fields.Selection(
        [("new", "Will be added"), ("there", "Is there already, stays as it is")], compute="_compute_effect"
    )

    @api.depends("is_new")
    def _compute_effect(self):
        for line in self:
            line.effect = "new" if line.is_new else "there"
