from odoo import api, fields, models
from odoo.fields import Command

from ..models.res_company import WAYS

MOST = 200


class CrmResellerTrial(models.TransientModel):
    """Who would have been asked for the leads of the last days, and why. Nothing is offered."""

    _name = "crm.reseller.trial"
    _inherit = ["crm.trial.mixin"]
    _description = "Try Offers to Partners"

    days = fields.Integer(default=30)
    way = fields.Selection(WAYS, "Who Is Asked", required=True, default=lambda self: self.env.company.reseller_way)
    top = fields.Integer("Partners Asked", default=lambda self: self.env.company.reseller_top)
    is_tried = fields.Boolean(readonly=True)
    summary = fields.Char(readonly=True)
    line_ids = fields.One2many("crm.reseller.trial.line", "trial_id", readonly=True)

    @api.model
    def action_open(self):
        return self.create({})._action_show()

    def action_try(self):
        self.ensure_one()
        self.check_access("write")
        leads = self._leads()
        answers = leads._partners_that_fit(self.way, min(max(self.top, 1), 20), without_history=True)
        self.sudo().write(self._prepare_result(answers))
        return self._action_show()

    def _leads(self):
        """The newest ones that the person may read, of his company, whatever became of them."""
        domain = [("create_date", ">=", self._since()), ("company_id", "in", [self.env.company.id, False])]
        return self.env["crm.lead"].with_context(active_test=False).search(domain, limit=MOST, order="id desc")

    def _prepare_result(self, answers):
        offers = self.env["crm.lead.offer"]
        words = offers._reason_writer()
        lines = [
            {"lead_id": answer.lead, "partner_id": choice.partner, "score": choice.score, "reasons": words(choice)}
            for answer in answers
            for choice in answer.choices
        ]
        lines += [
            {
                "lead_id": answer.lead,
                "reasons": self.env._("Nobody: %(why)s", why=offers._left_out_words(answer.left_out)),
            }
            for answer in answers
            if not answer.choices
        ]
        asked = sum(bool(answer.choices) for answer in answers)
        return {
            "is_tried": True,
            "summary": self.env._(
                "Partners would have been asked for %(asked)s of %(number)s leads.", asked=asked, number=len(answers)
            ),
            "line_ids": [Command.clear(), *(Command.create(line) for line in lines)],
        }


class CrmResellerTrialLine(models.TransientModel):
    _name = "crm.reseller.trial.line"
    _description = "Try Offers to Partners: One Lead and Partner"
    _order = "id"

    trial_id = fields.Many2one("crm.reseller.trial", required=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    score = fields.Float("Fit", readonly=True, digits=(5, 1), aggregator=None)
    reasons = fields.Text("Why", readonly=True)
