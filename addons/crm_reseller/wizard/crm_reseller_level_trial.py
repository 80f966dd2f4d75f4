from odoo import api, fields, models
from odoo.fields import Command

from ..programme.judge import judge


class CrmResellerLevelTrial(models.TransientModel):
    """Which levels partners would have today, and why. Nothing is changed."""

    _name = "crm.reseller.level.trial"
    _description = "Try Levels by Rules"

    months = fields.Integer(
        "Months That Count", required=True, default=lambda self: self.env.company.reseller_level_months
    )
    grace_days = fields.Integer(
        "Days of Grace", required=True, default=lambda self: self.env.company.reseller_level_grace_days
    )
    is_tried = fields.Boolean(readonly=True)
    summary = fields.Char(readonly=True)
    line_ids = fields.One2many("crm.reseller.level.trial.line", "trial_id", readonly=True)

    @api.model
    def action_open(self):
        return self.create({})._action_show()

    def action_try(self):
        self.ensure_one()
        self.check_access("write")
        self.sudo().write(self._prepare_result(min(max(self.months, 1), 120), min(max(self.grace_days, 0), 730)))
        return self._action_show()

    def _prepare_result(self, months, grace_days):
        changes, company = self.env["crm.reseller.level.change"], self.env.company.sudo()
        levels, standings = changes._standings(company, months)
        verdicts = [judge(levels, one, fields.Date.today(), grace_days) for one in standings.values()]
        moved = sorted((one for one in verdicts if one.kind != "stay"), key=lambda one: (one.kind, one.partner))
        return {
            "is_tried": True,
            "summary": self.env._(
                "Of %(number)s partners whose level is given by rules, %(moved)s are concerned.",
                number=len(verdicts),
                moved=len(moved),
            ),
            "line_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "partner_id": one.partner,
                            "kind": one.kind,
                            "from_grade_id": standings[one.partner].level,
                            "to_grade_id": one.level,
                            "reason": changes._verdict_words(company, one, standings[one.partner], months),
                        }
                    )
                    for one in moved
                ),
            ],
        }

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try Levels by Rules"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class CrmResellerLevelTrialLine(models.TransientModel):
    _name = "crm.reseller.level.trial.line"
    _description = "Try Levels by Rules: One Partner"
    _order = "id"

    trial_id = fields.Many2one("crm.reseller.level.trial", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    kind = fields.Selection([("up", "Up"), ("down", "Down"), ("grace", "Grace Period")], readonly=True)
    from_grade_id = fields.Many2one("res.partner.grade", "Level Now", readonly=True, ondelete="cascade")
    to_grade_id = fields.Many2one("res.partner.grade", "Level Earned", readonly=True, ondelete="cascade")
    reason = fields.Text("Why", readonly=True)
