from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..process.plan import Stage, Wanted, plan_names, plan_stages


class CrmProcess(models.Model):
    """A ready best-practice process: stages, lost reasons and chained activity types."""

    _name = "crm.process"
    _description = "Ready Sales Process"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    summary = fields.Text(translate=True, help="For whom this process is, in a sentence or two.")
    line_ids = fields.One2many("crm.process.line", "process_id", string="Parts", copy=True)
    stage_line_ids = fields.One2many("crm.process.line", "process_id", domain=[("kind", "=", "stage")])
    reason_line_ids = fields.One2many("crm.process.line", "process_id", domain=[("kind", "=", "lost_reason")])
    activity_line_ids = fields.One2many("crm.process.line", "process_id", domain=[("kind", "=", "activity_type")])

    def _lines(self, kind):
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.kind == kind).sorted(lambda line: (line.sequence, line.id))

    @api.model
    def _team_stages(self, team):
        return self.env["crm.stage"].search(Domain("team_ids", "=", False) | Domain("team_ids", "in", team.ids))

    def _plan_stages(self, team):
        """How the process's stages go into the team's pipeline (see process/plan.py)."""
        seen = self._team_stages(team)
        existing = [
            Stage(stage.id, stage.name, stage.sequence, stage.is_won, stage in seen)
            for stage in self.env["crm.stage"].search([])
        ]
        return plan_stages(existing, [Wanted(line.name, line.is_won) for line in self._lines("stage")])

    def _preview(self, team):
        """What applying would do: a list of (line, is it new), in order of kind and sequence."""
        self.ensure_one()
        plan = self._plan_stages(team)
        stages = [(line, index in plan.created) for index, line in enumerate(self._lines("stage"))]
        return [*stages, *self._new_lines("lost_reason"), *self._new_lines("activity_type")]

    def _new_lines(self, kind):
        """The lines of a kind, each with: is there none of that name yet that leads can use?"""
        lines = self._lines(kind)
        return list(zip(lines, plan_names(self._known_names(kind), lines.mapped("name")), strict=True))

    @api.model
    def _known_names(self, kind):
        """Names in the reader's language and as they were written first, archived ones too."""
        if kind == "lost_reason":
            records = self.env["crm.lost.reason"].with_context(active_test=False).search([])
        else:
            records = self._lead_activity_types()
        return [*records.mapped("name"), *records.with_context(lang="en_US").mapped("name")]

    @api.model
    def _lead_activity_types(self):
        Type = self.env["mail.activity.type"].with_context(active_test=False)
        return Type.search([("res_model", "in", (False, "crm.lead"))])

    def _apply_to(self, team):
        """Add to the team what it lacks; change nothing that is there."""
        self.ensure_one()
        plan = self._plan_stages(team)
        for stage in self.env["crm.stage"].browse(plan.renumbered):
            stage.sequence = plan.renumbered[stage.id]
        lines = self._lines("stage")
        self.env["crm.stage"].create(
            [lines[index]._prepare_stage_vals(team, sequence) for index, sequence in plan.created.items()]
        )
        self._create_lost_reasons()
        self._create_activity_types()

    def _create_lost_reasons(self):
        self.env["crm.lost.reason"].create(
            [{"name": line.name} for line, is_new in self._new_lines("lost_reason") if is_new]
        )

    def _create_activity_types(self):
        """Create the missing types, then chain these (only these) by their suggested next steps."""
        Type = self.env["mail.activity.type"]
        missing = self.line_ids.browse([line.id for line, is_new in self._new_lines("activity_type") if is_new])
        created = Type.create([line._prepare_activity_type_vals() for line in missing])
        known = {}
        for activity_type in self._lead_activity_types().filtered("active"):
            known.setdefault(activity_type.name, activity_type)
        for line, activity_type in zip(missing, created, strict=True):
            following = Type.union(*(known[name] for name in line.next_line_ids.mapped("name") if name in known))
            if following:
                activity_type.suggested_next_type_ids = [Command.set(following.ids)]
