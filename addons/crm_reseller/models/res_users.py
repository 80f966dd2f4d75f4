from odoo import models


class ResUsers(models.Model):
    """What a portal user is to us: a partner with a pipeline, and in which role."""

    _inherit = "res.users"

    def _has_partner_portal(self):
        """Portal users of a company that gives its partners a pipeline, whether or not they have leads."""
        user = self.sudo()
        return user.share and user._is_portal() and any(user.company_ids.mapped("reseller_portal"))

    def _is_partner_user(self):
        return self._has_partner_portal() and self.sudo().partner_id.reseller_role == "user"

    def _is_partner_manager(self):
        return self._has_partner_portal() and self.sudo().partner_id.reseller_role == "manager"
