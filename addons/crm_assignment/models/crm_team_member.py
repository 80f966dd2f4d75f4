from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    assignment_deputy_id = fields.Many2one(
        "crm.team.member",
        "Deputy",
        domain="[('crm_team_id', '=', crm_team_id), ('id', '!=', id)]",
        copy=False,
        help="Takes the leads whose turn it is while this member is away, until he is back.",
    )
    assignment_absence = fields.Selection(
        [("paused", "Paused"), ("archived", "Archived"), ("away", "Away"), ("holiday", "Holiday")],
        "Absent",
        compute="_compute_assignment_absence",
        help="Nobody who is absent is given leads; a deputy takes them while he is away.",
    )
    assignment_filter_error = fields.Char("Filter Stopped", readonly=True, copy=False)

    def write(self, vals):
        if {"assignment_domain", "assignment_domain_preferred"}.intersection(vals):
            vals = {**vals, "assignment_filter_error": False}
        return super().write(vals)

    def _get_lead_from_date(self, date_from, active_test=False):
        """Odoo's counters show what counts: where the team has a method of ours, what the engine gave."""
        counts = super()._get_lead_from_date(date_from, active_test=active_test)
        ours = self.crm_team_id._own_method()
        if not ours:
            return counts
        given = {key: number for key, (number, _first) in ours._assignment_given(date_from).items()}
        return {
            **{key: number for key, number in counts.items() if key[1] not in ours._ids},
            **{(user_id, team_id): number for (team_id, user_id), number in given.items()},
        }

    @api.depends("assignment_optout", "user_id")
    def _compute_assignment_absence(self):
        now = self.env.cr.now().replace(tzinfo=None)
        absences = self.env["crm.assignment.desk"].sudo()._absences(self.sudo(), now)
        for member in self:
            member.assignment_absence = absences.get(member.id)

    @api.constrains("assignment_deputy_id")
    def _check_assignment_deputy(self):
        for member in self.filtered("assignment_deputy_id"):
            deputy = member.assignment_deputy_id
            if deputy == member or deputy.crm_team_id != member.crm_team_id:
                raise ValidationError(self.env._("A deputy is another member of the same sales team."))

    def action_import_members(self):
        """Members, maximums and filters from a file; Odoo's own import."""
        return {"type": "ir.actions.client", "tag": "import", "params": {"active_model": self._name, "context": {}}}

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Members and Filters"),
                "template": "/crm_assignment/static/xls/members.csv",
            }
        ]

    @api.depends("assignment_filter_error")
    def _compute_assignment_room(self):
        super()._compute_assignment_room()
        for member in self.filtered("assignment_filter_error"):
            member.assignment_room = 0

    def _filter_breaks(self, error):
        self.crm_team_id._say_filter_broken(self, error)
