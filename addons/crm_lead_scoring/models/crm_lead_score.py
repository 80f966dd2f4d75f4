from odoo import api, fields, models
from odoo.tools import SQL

from ..ml.learn import NO_BETTER, SCORED, TOO_LITTLE

INTERNAL = "base.group_user"  # resellers may read leads of theirs in the portal, not what we think of these
SHOWN = {"win_score", "win_score_band", "win_score_state", "probability", "automated_probability", "prorated_revenue"}


class CrmLead(models.Model):
    """The learned score of a lead. With the learned score switched on, Odoo's probability follows it."""

    _inherit = "crm.lead"

    win_score = fields.Float(
        "Score",
        digits=(5, 1),
        readonly=True,
        copy=False,
        groups=INTERNAL,
        aggregator="avg",
        help="Of 100 leads like this one, how many your company has won.",
    )
    win_score_band = fields.Selection(
        [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
        string="Score Band",
        readonly=True,
        copy=False,
        groups=INTERNAL,
        help="A: the best fifth of leads, B: the next 30 %, C: the next 30 %, D: the last fifth.",
    )
    win_score_state = fields.Selection(
        [
            (SCORED, "Scored"),
            (TOO_LITTLE, "Too Few Closed Leads"),
            (NO_BETTER, "No Better Than the Base Rate"),
            ("excluded", "Not Scored"),
        ],
        string="Score State",
        readonly=True,
        copy=False,
        groups=INTERNAL,
    )
    win_score_at = fields.Datetime("Scored On", readonly=True, copy=False, groups=INTERNAL)

    _win_score_idx = models.Index("(win_score) WHERE win_score IS NOT NULL")

    # -- Odoo's own entry points ---------------------------------------------------------------

    def _pls_get_naive_bayes_probabilities(self, batch_mode=False, is_tooltip=False):
        """Leads with a learned score keep it; the others are Odoo's. In Odoo's own batches ours are left out."""
        ours = self._with_learned_score()
        if not ours:
            return super()._pls_get_naive_bayes_probabilities(batch_mode=batch_mode, is_tooltip=is_tooltip)
        rest = super(CrmLead, self - ours)
        found = rest._pls_get_naive_bayes_probabilities(batch_mode=batch_mode, is_tooltip=is_tooltip and self != ours)
        probabilities, tooltip = found or ({}, {})
        if not batch_mode:
            probabilities = probabilities | {lead.id: lead._learned_probability() for lead in ours}
        if is_tooltip and self == ours:
            tooltip = {"probability": probabilities[self.id], "scores": []}
        return probabilities, tooltip

    def _with_learned_score(self):
        """Those of these leads whose company goes by what was learned."""
        serving = self.env["crm.scoring.model"]._any_serving()
        if not serving:
            return self.browse()
        return self.filtered(
            lambda lead: lead._score_company_id() in serving and not lead.team_id.sudo().scoring_excluded
        )

    def _score_company_id(self):
        """A lead without company follows its team's, else it belongs to the main one."""
        team_company = self.team_id.sudo().company_id
        return (self.company_id or team_company).id or self.env["res.company"]._main_company_id()

    @api.model
    def _score_company_sql(self):
        """The same in SQL, where `team` is the team of `lead`."""
        return SQL("COALESCE(lead.company_id, team.company_id, %s)", self.env["res.company"]._main_company_id())

    def _learned_probability(self):
        """What is known of a lead that is being changed: its present score; the base rate of a new one.
        What the change makes of it follows before the transaction ends."""
        if self.stage_id.is_won:
            return 100
        if not self.stage_id:
            return 0
        if known := self._origin.sudo().win_score:
            return known
        serving = self.env["crm.scoring.model"]._serving(self._score_company_id())
        return round(100 * serving[1].base, 2) if serving else 0

    def _pls_increment_frequencies(self, from_state=None, to_state=None):
        """Odoo counts won and lost leads for its own scoring; those with a learned score are counted when it is
        switched back on, all at once."""
        rest = self - self._with_learned_score()
        return super(CrmLead, rest)._pls_increment_frequencies(from_state=from_state, to_state=to_state)

    def prepare_pls_tooltip_data(self):
        """Reading why a lead has its score never writes."""
        if not self._with_learned_score():
            return super().prepare_pls_tooltip_data()
        return {
            "low_3_data": [],
            "probability": self.automated_probability,
            "team_name": self.team_id.display_name,
            "top_3_data": [],
        }

    # -- right at once -------------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if self.env["crm.scoring.model"]._any_serving() and self._score_depends_on(vals):
            self.env["crm.lead.event"]._touch(self.ids)
        return result

    @api.model
    def _score_depends_on(self, vals):
        return not vals.keys() <= {"probability", "message_main_attachment_id", "message_bounce", "color", "priority"}

    @api.readonly
    def web_read(self, specification):
        """After saving, the form shows the score that follows from what was saved."""
        log = self.env["crm.lead.event"]
        if log._is_pending() and not SHOWN.isdisjoint(specification) and self.env["crm.scoring.model"]._any_serving():
            log._flush()
        return super().web_read(specification)
