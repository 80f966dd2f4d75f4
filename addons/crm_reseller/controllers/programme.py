from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class ProgrammePortal(CustomerPortal):
    """A partner's own level. Whoever is no partner gets "not found"."""

    def _programme(self):
        partner = request.env.user.sudo().commercial_partner_id
        return request.env["crm.reseller.level.change"].sudo()._for_partner(partner)

    def _prepare_portal_layout_values(self):
        return {**super()._prepare_portal_layout_values(), "has_programme": self._has_programme()}

    def _has_programme(self):
        partner = request.env.user.sudo().commercial_partner_id
        changes = request.env["crm.reseller.level.change"].sudo()
        return partner.partner_weight > 0 and bool(changes._programme_company(partner))

    @http.route("/my/programme", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def programme(self, **_kwargs):
        programme = self._programme()
        if not programme:
            raise request.not_found()
        values = {**self._prepare_portal_layout_values(), "page_name": "programme", "programme": programme}
        return request.render("crm_reseller.programme", values)
