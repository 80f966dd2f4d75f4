from odoo import models

from .live import is_live


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tells the client whether my place stands in the top bar: it asks nothing before somebody opens it."""
        info = super().session_info()
        is_seller = self.env.user.has_group("sales_team.group_sale_salesman")
        return {**info, "crm_gamification_live": is_seller and is_live(self.env)}
