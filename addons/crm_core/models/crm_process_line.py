from odoo import fields, models
from odoo.fields import Command


class CrmProcessLine(models.Model):
    _name = "crm.process.line"
    _description = "Part of a Ready Sales Process"
    _order = "process_id, kind desc, sequence, id"

    process_id = fields.Many2one("crm.process", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [("stage", "Stage"), ("lost_reason", "Lost Reason"), ("activity_type", "Activity Type")],
        required=True,
        default="stage",
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    # stages
    requirements = fields.Text(translate=True, help="What must be true before a deal is moved into this stage.")
    is_won = fields.Boolean("Is Won Stage?")
    fold = fields.Boolean("Folded")
    # activity types
    icon = fields.Char(help="Font awesome icon, e.g. fa-phone")
    category = fields.Selection([("default", "None"), ("phonecall", "Call"), ("meeting", "Meeting")], default="default")
    delay_days = fields.Integer("Schedule After (days)")
    note = fields.Text("Default Note", translate=True)
    next_line_ids = fields.Many2many(
        "crm.process.line",
        "crm_process_line_next_rel",
        "line_id",
        "next_id",
        string="Suggest Next",
        domain="[('process_id', '=', process_id), ('kind', '=', 'activity_type')]",
    )

    def _prepare_stage_vals(self, team, sequence):
        self.ensure_one()
        return {
            "name": self.name,
            "sequence": sequence,
            "team_ids": [Command.link(team.id)],
            "requirements": self.requirements,
            "is_won": self.is_won,
            "fold": self.fold,
        }

    def _prepare_activity_type_vals(self):
        self.ensure_one()
        return {
            "name": self.name,
            "res_model": "crm.lead",
            "icon": self.icon or "fa-tasks",
            "category": self.category,
            "delay_count": self.delay_days,
            "delay_unit": "days",
            "delay_from": "current_date",
            "default_note": self.note,
            "chaining_type": "suggest",
        }
