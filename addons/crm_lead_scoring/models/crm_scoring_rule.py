from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError

from ..points.rule import Rule
from ..points.tally import Worth

# what a change of may change points; the rest is for people
TELLING = frozenset(
    (
        *("active", "kind", "points", "team_ids", "company_id", "date_from", "date_to", "half_life_days"),
        *("most_times", "most_points", "filter_domain", "activity_type_id", "hours"),
    )
)


class CrmScoringRule(models.Model):
    """Gives or takes points for what a lead is or what happened to it."""

    _name = "crm.scoring.rule"
    _description = "Scoring Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection="_selection_kind", required=True, default="filter")
    points = fields.Integer(required=True, default=10, help="Below zero: they are taken.")
    team_ids = fields.Many2many("crm.team", string="Sales Teams", help="Empty: all teams.")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    date_from = fields.Date("Counts From", help="First day on which the rule counts.")
    date_to = fields.Date("Counts Until", help="Last day on which the rule counts.")
    half_life_days = fields.Integer(
        "Halved After",
        help="Days after which a hit is worth half; after as many again a quarter. 0: points don't fade.",
    )
    most_times = fields.Integer("Counts at Most", help="So many hits count on one lead, the newest. 0: all.")
    most_points = fields.Integer("At Most", help="The rule gives or takes at most as many points. 0: no limit.")
    filter_domain = fields.Char("Filter", default="[]")
    activity_type_id = fields.Many2one("mail.activity.type", help="Empty: activities of any type.", ondelete="cascade")
    hours = fields.Float("Within", default=4)
    kind_help = fields.Char("Counts", compute="_compute_kind_help")
    condition = fields.Char(compute="_compute_condition")
    counts_hits = fields.Boolean(compute="_compute_kind_help")
    conditions = fields.Char(compute="_compute_kind_help", help="Which of the fields above this kind goes by.")
    problem = fields.Char(compute="_compute_problem")
    filter_problem = fields.Char(readonly=True, copy=False)
    line_ids = fields.One2many("crm.lead.rule.line", "rule_id", readonly=True)
    lead_count = fields.Integer("Leads", compute="_compute_lead_count")

    _limits = models.Constraint(
        "CHECK (half_life_days >= 0 AND most_times >= 0 AND most_points >= 0)",
        "How fast points fade, and how many there are at most, can't be below zero.",
    )
    _dates = models.Constraint("CHECK (date_from <= date_to)", "A rule can't end before it begins.")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_help(self):
        kinds = self._rule_kinds()
        for rule in self:
            kind = kinds.get(rule.kind)
            rule.kind_help = kind and str(kind.help)
            rule.counts_hits = bool(kind and kind.counts_hits)
            rule.conditions = kind and ",".join(kind.conditions)

    @api.depends("kind", "activity_type_id", "hours")
    @api.depends_context("lang")
    def _compute_condition(self):
        kinds = self._rule_kinds()
        for rule in self:
            rule.condition = rule.kind in kinds and kinds[rule.kind].words(self.env, rule)

    @api.depends("kind", "filter_problem")
    @api.depends_context("lang")
    def _compute_problem(self):
        kinds = self._rule_kinds()
        for rule in self:
            if rule.kind and rule.kind not in kinds:
                rule.problem = self.env._("The app that this kind of rule belongs to was removed.")
            else:
                rule.problem = rule.filter_problem or (rule.kind and kinds[rule.kind].lacking(self.env))

    @api.depends("line_ids")
    def _compute_lead_count(self):
        giving = [("rule_id", "in", self.ids), ("points", "!=", 0)]
        found = self.env["crm.lead.rule.line"]._read_group(giving, ["rule_id"], ["__count"])
        counts = {rule.id: count for rule, count in found}
        for rule in self:
            rule.lead_count = counts.get(rule.id, 0)

    @api.constrains("company_id", "team_ids")
    def _check_teams(self):
        """A rule of no company may be for teams of any; one of a company never counts for teams of another."""
        for rule in self.sudo():
            if rule.company_id and rule.team_ids.company_id - rule.company_id:
                raise ValidationError(
                    self.env._("The rule “%(name)s” is for teams of another company.", name=rule.name)
                )

    @api.constrains("kind", "hours")
    def _check_hours(self):
        for rule in self:
            if rule.kind == "answered_within" and rule.hours <= 0:
                raise ValidationError(self.env._("Say within how many hours the answer has to come."))

    @api.constrains("kind", "filter_domain")
    def _check_filter_domain(self):
        """It works, and asks only for what its author may read: it is then run for all leads."""
        told, kinds = self._told(), self._rule_kinds()
        for rule_id, problem in self._find_broken(told).items():
            raise ValidationError(f"{self.browse(rule_id).name}: {problem}")
        author = self.sudo(self.env.uid == SUPERUSER_ID).env  # constraints are checked as the system
        for rule in told:
            kinds[rule.kind].probe(author, rule)

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        if any(rules.mapped("active")):
            self._rules_changed()
        return rules

    def write(self, vals):
        if "filter_domain" in vals or "kind" in vals:
            vals = {**vals, "filter_problem": False}
        counted = any(self.mapped("active"))
        result = super().write(vals)
        if TELLING.intersection(vals):
            self.env.registry.clear_cache()
            if counted or any(self.mapped("active")):
                self._rules_changed()
        return result

    def unlink(self):
        counted = any(self.mapped("active"))
        result = super().unlink()
        self.env.registry.clear_cache()
        if counted:
            self._rules_changed()
        return result

    def action_show_leads(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "crm.lead",
            "view_mode": "list,form",
            "domain": [("rule_line_ids.rule_id", "=", self.id)],
            "context": {"active_test": False},
        }

    def action_try(self):
        return self.env["crm.scoring.rule.trial"]._try_for(self)

    def _told(self):
        """As the engine takes them.

        :return: list of Rule; rules of a kind that is gone are left out
        """
        kinds = self._rule_kinds()
        return [
            Rule(
                id=rule.id,
                kind=rule.kind,
                worth=Worth(rule.points, rule.half_life_days, rule.most_times, rule.most_points),
                teams=frozenset(rule.team_ids.ids),
                company=rule.company_id.id or None,
                date_from=rule.date_from or None,
                date_to=rule.date_to or None,
                domain=rule.filter_domain or "[]",
                activity_type=rule.activity_type_id.id or None,
                hours=rule.hours,
            )
            for rule in self.sudo().with_context(active_test=False)
            if rule.kind in kinds
        ]
