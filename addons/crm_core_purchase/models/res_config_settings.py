from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sale_manager_purchase = fields.Boolean(
        "Sales Managers Manage Purchases",
        group="sales_team.group_sale_manager",
        implied_group="purchase.group_purchase_manager",
    )
