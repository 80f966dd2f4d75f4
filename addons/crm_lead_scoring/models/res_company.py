from odoo import api, fields, models
from odoo.tools import ormcache

ODOO, SUITE = "odoo", "suite"
TOGETHER = "crm_lead_scoring.learn_together"


class ResCompany(models.Model):
    _inherit = "res.company"

    crm_scoring_engine = fields.Selection(
        [(ODOO, "Odoo's own"), (SUITE, "Learned Score")],
        string="Scoring",
        default=ODOO,
        help="Who says how likely a lead is to be won: Odoo's own counting, or the score that is learned"
        " from how your closed leads went. A probability that a person typed stays either way.",
    )

    crm_scoring_learn_now = fields.Boolean(help="A manager asked to learn anew; the job does it next time.")

    @api.model
    @ormcache()
    def _main_company_id(self):
        """The company of leads that neither have one nor a team with one."""
        return self.sudo().search([], order="id", limit=1).id

    @api.model
    def _with_learned_score(self):
        return self.sudo().search([("crm_scoring_engine", "=", SUITE)], order="id")

    def _learns_from(self):
        """The companies whose closed leads count for this one: its own, unless all learn together."""
        self.ensure_one()
        together = self.env["ir.config_parameter"].sudo().get_param(TOGETHER)
        return self._with_learned_score() | self if together else self

    def write(self, vals):
        switched = self.filtered(lambda company: company.crm_scoring_engine != vals.get("crm_scoring_engine"))
        result = super().write(vals)
        if "crm_scoring_engine" in vals and switched:
            self.env["crm.scoring.model"].sudo()._engine_switched()
        return result
