from odoo import fields, models


class CrmScoringField(models.Model):
    """What a company's score is learned from besides, or not, what it learns from by itself."""

    _name = "crm.scoring.field"
    _description = "Field for Scoring"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(
        "Field", required=True, help="Technical name of a field of the lead or of one of its properties."
    )
    use = fields.Selection([("leave_out", "Leave Out"), ("take_in", "Take In")], required=True, default="leave_out")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)

    _name_uniq = models.Constraint("UNIQUE (company_id, name)", "What becomes of this field is said already.")
