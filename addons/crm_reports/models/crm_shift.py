from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang


class CrmShift(models.Model):
    """Something of the CRM that has shifted beyond chance, as the weekly job found it."""

    _name = "crm.shift"
    _description = "Shift in the CRM"
    _order = "week desc, id desc"

    week = fields.Date(required=True, readonly=True, index=True, help="Day on which it was found.")
    kind = fields.Selection(
        [("intake", "New Leads"), ("conversion", "Won Rate"), ("stage", "Time in Stage")], required=True, readonly=True
    )
    source_id = fields.Many2one("utm.source", readonly=True, index="btree_not_null", ondelete="cascade")
    team_id = fields.Many2one("crm.team", readonly=True, index="btree_not_null", ondelete="cascade")
    stage_id = fields.Many2one("crm.stage", readonly=True, index="btree_not_null", ondelete="cascade")
    before = fields.Float(readonly=True, aggregator=None)
    now = fields.Float(readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True, ondelete="cascade")
    sentence = fields.Char(compute="_compute_sentence")

    @api.depends("kind", "before", "now", "source_id", "team_id", "stage_id")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for shift in self:
            shift.sentence = shift._words()

    def _compute_display_name(self):
        for shift in self:
            shift.display_name = shift.sentence

    def _words(self):
        _, digits = self.env._, 0 if self.kind == "conversion" else 1
        part = (self.source_id or self.team_id or self.stage_id).sudo().display_name or _("All leads")
        values = {
            "part": part,
            "before": formatLang(self.env, self.before, digits=digits),
            "now": formatLang(self.env, self.now, digits=digits),
        }
        if self.kind == "intake":
            return _("%(part)s: %(now)s new leads a week, before %(before)s.", **values)
        if self.kind == "conversion":
            return _("%(part)s: %(now)s of 100 closed deals are won, before %(before)s.", **values)
        return _("%(part)s: half of the deals take more than %(now)s days, before %(before)s.", **values)

    def action_open_leads(self):
        """The leads of the four weeks that differ."""
        self.ensure_one()
        since = fields.Date.subtract(self.week, weeks=4)
        domain = Domain("active", "in", [True, False]) & self._part_domain()
        if self.kind == "intake":
            domain &= Domain("create_date", ">=", since) & Domain("create_date", "<", self.week)
        elif self.kind == "conversion":
            domain &= Domain("date_closed", ">=", since) & Domain("date_closed", "<", self.week)
        else:
            stays = self.env["crm.lead.passage"].search(
                [("stage_id", "=", self.stage_id.id), ("left_at", ">=", since), ("left_at", "<", self.week)]
            )
            domain = Domain("id", "in", stays.lead_id.ids) & Domain("active", "in", [True, False])
        return {
            "type": "ir.actions.act_window",
            "name": self.sentence,
            "res_model": "crm.lead",
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"create": False},
        }

    def _part_domain(self):
        for name in ("source_id", "team_id"):
            if self[name]:
                return Domain(name, "=", self[name].id)
        return Domain.TRUE
