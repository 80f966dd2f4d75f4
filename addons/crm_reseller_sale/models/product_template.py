from odoo import fields, models


class ProductTemplate(models.Model):
    """Which products partners put into their quotations."""

    _inherit = "product.template"

    reseller_open = fields.Boolean(
        "Open to Partners",
        groups="base.group_user",
        help="Partners find it when they make a quotation for one of their opportunities.",
    )
    reseller_grade_id = fields.Many2one(
        "res.partner.grade",
        "From Level",
        groups="base.group_user",
        help="Only for partners of this level or a higher one, by weight. Empty: for all partners.",
    )
