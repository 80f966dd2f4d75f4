from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

MOST = 100_000


class CrmScoringRuleTrial(models.TransientModel):
    """Asks past leads what rules would have said of them, and how those that they hit ended."""

    _name = "crm.scoring.rule.trial"
    _inherit = ["crm.trial.mixin"]
    _description = "Try Scoring Rules"

    rule_ids = fields.Many2many("crm.scoring.rule", readonly=True, context={"active_test": False})
    is_tried = fields.Boolean(readonly=True)
    line_ids = fields.One2many("crm.scoring.rule.trial.line", "trial_id", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    closed_count = fields.Integer("Closed", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    won_rate = fields.Float("Won of All Closed", readonly=True, help="Of the leads that are closed.")

    @api.model
    def _try_for(self, rules):
        trial = self.create({"rule_ids": [Command.set(rules.ids)]})
        trial.action_try()
        return trial._action_show()

    def action_try(self):
        """Nothing is written but the answer."""
        self.ensure_one()
        self.rule_ids.check_access("read")
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only sales managers try scoring rules."))
        rules = self.rule_ids
        told = rules._told()
        broken = rules._find_broken(told)
        ends = self._ends()
        hits = self._hits([rule for rule in told if rule.id not in broken], list(ends))
        lines = [self._line(rule, [ends[lead_id] for lead_id in hits[rule.id]], broken) for rule in rules]
        self.line_ids.unlink()
        self.write(
            {
                "is_tried": True,
                "lead_count": len(ends),
                **self._outcome(ends.values()),
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        return self._action_show()

    def _ends(self):
        """lead id -> how it ended, of the newest leads of these days that the person may see."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        found = leads.search_fetch([("create_date", ">=", self._since())], ["won_status"], limit=MOST, order="id desc")
        return {lead.id: lead.won_status for lead in found}

    def _hits(self, rules, lead_ids):
        """rule id -> ids of the leads that it would hit as they stand now"""
        hits = {rule_id: [] for rule_id in self.rule_ids.ids}
        for lead_id, lines in self.env["crm.lead"].sudo()._rule_lines_of(lead_ids, rules):
            for rule_id in lines:
                hits[rule_id].append(lead_id)
        return hits

    @api.model
    def _outcome(self, ends):
        ends = Counter(ends)
        closed = ends["won"] + ends["lost"]
        return {"closed_count": closed, "won_count": ends["won"], "won_rate": ends["won"] / closed if closed else 0}

    def _line(self, rule, ends, broken):
        """
        :param list ends: how the leads that it hits ended
        """
        problem = broken.get(rule.id) or rule.problem
        return {"rule_id": rule.id, "lead_count": len(ends), "problem": problem, **self._outcome(ends)}


class CrmScoringRuleTrialLine(models.TransientModel):
    _name = "crm.scoring.rule.trial.line"
    _description = "Try Scoring Rules: One Rule"
    _order = "id"

    trial_id = fields.Many2one("crm.scoring.rule.trial", required=True, ondelete="cascade")
    rule_id = fields.Many2one("crm.scoring.rule", readonly=True, ondelete="cascade")
    points = fields.Integer(related="rule_id.points")
    condition = fields.Char(related="rule_id.condition")
    lead_count = fields.Integer("Would Hit", readonly=True)
    share = fields.Float("Of All", compute="_compute_share")
    closed_count = fields.Integer("Closed", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    won_rate = fields.Float("Won (%)", readonly=True, help="Of those it hits that are closed.")
    all_won_rate = fields.Float("All (%)", related="trial_id.won_rate", help="Won of all closed leads, hit or not.")
    problem = fields.Char(readonly=True)

    @api.depends("lead_count", "trial_id.lead_count")
    def _compute_share(self):
        for line in self:
            line.share = line.lead_count / line.trial_id.lead_count if line.trial_id.lead_count else 0
