from odoo import api, fields, models


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    assignment_room = fields.Integer(
        "Room Left",
        compute="_compute_assignment_room",
        help="How many more leads this member can be given within 30 days.",
    )

    @api.depends("assignment_max", "lead_month_count", "assignment_optout")
    def _compute_assignment_room(self):
        for member in self:
            room = 0 if member.assignment_optout else member.assignment_max - member.lead_month_count
            member.assignment_room = max(room, 0)
