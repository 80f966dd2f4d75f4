from odoo import api, fields, models

from ..programme.facts import Level


class ResPartnerGrade(models.Model):
    """What a level asks for, and what it brings."""

    _inherit = "res.partner.grade"

    reseller_is_ruled = fields.Boolean(
        "Given by Rules", help="Partners come to this level, and leave it, by what they have won."
    )
    reseller_amount = fields.Monetary(
        "Won at Least", currency_field="reseller_currency_id", help="Won revenue within the time that counts; 0: any."
    )
    reseller_count = fields.Integer("Deals Won at Least", help="Within the time that counts; 0: any.")
    reseller_needs = fields.Selection(
        [("all", "Both"), ("any", "One of them")], "What Is Needed", default="all", required=True
    )
    reseller_benefits = fields.Html(
        "Benefits", translate=True, sanitize_overridable=False, help="Partners read them in the portal."
    )
    reseller_currency_id = fields.Many2one("res.currency", compute="_compute_reseller_currency_id")
    reseller_levels_on = fields.Boolean(compute="_compute_reseller_currency_id")

    _reseller_numbers = models.Constraint(
        "CHECK(reseller_amount >= 0 AND reseller_count >= 0)", "A level can't ask for less than nothing."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_reseller_currency_id(self):
        for grade in self:
            company = (grade.company_id or self.env.company).sudo()
            grade.reseller_currency_id, grade.reseller_levels_on = company.currency_id, company.reseller_levels

    def _level(self):
        return Level(
            id=self.id,
            weight=self.partner_weight,
            amount=self.reseller_amount,
            count=self.reseller_count,
            needs=self.reseller_needs,
        )
