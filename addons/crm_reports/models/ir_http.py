from odoo import models

from .crm_view_mail import SETTING


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tells the web client whether views may be mailed: it offers it on every list, pivot and graph."""
        return {
            **super().session_info(),
            "crm_view_mail": bool(self.env["ir.config_parameter"].sudo().get_param(SETTING))
            and self.env.user.has_group("sales_team.group_sale_salesman"),
        }
