from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CrmAssignmentReassign(models.TransientModel):
    """Gives leads picked in a list to one person or evenly to several; can be undone as one run."""

    _name = "crm.assignment.reassign"
    _description = "Reassign Leads"

    lead_ids = fields.Many2many("crm.lead", readonly=True)
    lead_count = fields.Integer(compute="_compute_lead_count")
    team_id = fields.Many2one("crm.team", "Sales Team", help="Empty: each lead stays in its team.")
    user_ids = fields.Many2many(
        "res.users", string="To", domain="[('share', '=', False), ('company_ids', 'in', allowed_company_ids)]"
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "lead_ids" in fields_list and self.env.context.get("active_model") == "crm.lead":
            values["lead_ids"] = [Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends("lead_ids")
    def _compute_lead_count(self):
        for wizard in self:
            wizard.lead_count = len(wizard.lead_ids)

    def action_reassign(self):
        """Evenly, in the order of the list; whoever has a lead already is asked again like everybody else."""
        self.ensure_one()
        if not self.user_ids:
            raise UserError(self.env._("Choose at least one person."))
        leads = self.lead_ids.filtered(lambda lead: lead.won_status == "pending")
        leads.check_access("write")
        run = self.env["crm.assignment.run"].sudo().create({"way": "by_hand", "total": len(leads)})
        users = self.user_ids.sorted("id")
        placed = {
            lead.id: (self.team_id or lead.team_id, users[place % len(users)]) for place, lead in enumerate(leads)
        }
        rows = [
            {
                "lead_id": lead.id,
                "run_id": run.id,
                "team_id": placed[lead.id][0].id,
                "user_id": placed[lead.id][1].id,
                "before_user": lead.user_id.id,
                "before_team": lead.team_id.id,
                "why": "by_hand",
            }
            for lead in leads
        ]
        run.team_ids = self.env["crm.team"].union(*(team for team, _user in placed.values()))
        self.env["crm.assignment.desk"].sudo()._write(rows, placed, "by_hand")
        run._end()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(number)s leads were given.", number=len(leads)),
                "links": [],
                "next": run._action_show(),
            },
        }
