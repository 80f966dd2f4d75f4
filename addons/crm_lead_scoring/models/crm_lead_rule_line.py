from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CrmLeadRuleLine(models.Model):
    """What one rule gives one lead. Written by the engine in SQL, read through the lead."""

    _name = "crm.lead.rule.line"
    _description = "Points of a Lead by Rule"
    _log_access = False
    _order = "points desc, id"
    _rec_name = "name"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", readonly=True)
    rule_id = fields.Many2one(
        "crm.scoring.rule",
        required=True,
        ondelete="cascade",
        readonly=True,
        index=True,
        groups="sales_team.group_sale_manager",
    )
    name = fields.Char("Rule Name", related="rule_id.name")
    points = fields.Integer(readonly=True)
    hits = fields.Integer("Times", readonly=True)
    last_moment = fields.Datetime("Last Time", readonly=True)
    changes_at = fields.Datetime(readonly=True, help="When time alone changes the points.")

    _lead_rule_uniq = models.UniqueIndex("(lead_id, rule_id)")
    _changes_idx = models.Index("(changes_at) WHERE changes_at IS NOT NULL")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Lines of leads that the reader may see."""
        if not (self.env.su or bypass_access):
            leads = self.env["crm.lead"].with_context(active_test=False)._search([])
            domain = Domain(domain) & Domain("lead_id", "in", leads)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or operation != "read":
            return result
        leads = self.sudo().lead_id.with_env(self.env)
        hidden = leads - leads._filtered_access("read")
        if not hidden:
            return None
        forbidden = self.filtered(lambda line: line.sudo().lead_id in hidden.sudo())
        return forbidden, lambda: AccessError(self.env._("You may not see the leads that these points are of."))

    @api.model_create_multi
    def create(self, vals_list):
        raise self._engine_only()

    def write(self, vals):
        raise self._engine_only()

    def unlink(self):
        raise self._engine_only()

    def _engine_only(self):
        return AccessError(
            self.env._("The points of leads are worked out by the scoring rules; nobody can change them.")
        )
