from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

MOST = 100_000


class CrmReadyTrial(models.TransientModel):
    """How many of a team's past leads its bars would let through, and how those ended."""

    _name = "crm.ready.trial"
    _inherit = ["crm.trial.mixin"]
    _description = "Try the Bars for Ready Leads"

    team_id = fields.Many2one("crm.team", "Sales Team", required=True, readonly=True)
    is_tried = fields.Boolean(readonly=True)
    has_bars = fields.Boolean(readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    won_rate = fields.Float("Won of Closed Leads", readonly=True)
    ready_count = fields.Integer("Would Be Ready", readonly=True)
    ready_won_count = fields.Integer("Of These Won", readonly=True)
    ready_won_rate = fields.Float("Won of Closed Ones That Would Be Ready", readonly=True)
    waiting_count = fields.Integer("Ready Now", readonly=True, help="Leads that wait, converted next if you say so.")

    @api.model
    def _try_for(self, team):
        trial = self.create({"team_id": team.id})
        trial.action_try()
        return trial._action_show()

    def action_try(self):
        """Nothing is written but the answer."""
        self.ensure_one()
        self.team_id.check_access("read")
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only sales managers try the bars of a team."))
        bars = self.team_id._ready_bars()
        past = Domain("create_date", ">=", self._since()) & Domain("team_id", "=", self.team_id.id)
        ended = self._ended(past)
        ready = self._ready(past, bars) if bars else Counter()
        waiting = self.env["crm.lead"]._ready_domain(self.team_id)
        self.write(
            {
                "is_tried": True,
                "has_bars": bool(bars),
                "lead_count": ended.total(),
                "won_rate": self._rate(ended),
                "ready_count": ready.total(),
                "ready_won_count": ready["won"],
                "ready_won_rate": self._rate(ready),
                "waiting_count": self.env["crm.lead"].search_count(waiting),
            }
        )
        return self._action_show()

    @api.model
    def _ended(self, domain):
        """How leads ended, as they stand now: Counter of `won_status`."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        return Counter(dict(leads._read_group(domain, ["won_status"], ["__count"])))

    def _ready(self, past, bars):
        """How those ended that pass all bars; points are worked out anew, for most closed leads were given none."""
        others = [domain for name, domain in bars.items() if name != "rule_score"]
        passed = past & Domain.AND(others)
        if "rule_score" not in bars:
            return self._ended(passed)
        found = self.env["crm.lead"].with_context(active_test=False).search(passed, limit=MOST, order="id desc")
        rules = self.env["crm.scoring.rule"]._rules_in_force()
        points = found.sudo()._rule_lines_of(found.ids, rules)
        bar = self.team_id.ready_rule_points
        ready = [lead_id for lead_id, lines in points if sum(line.points for line in lines.values()) >= bar]
        return self._ended(Domain("id", "in", ready))

    @api.model
    def _rate(self, ended):
        closed = ended["won"] + ended["lost"]
        return ended["won"] / closed if closed else 0
