from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

STEP = 20


class RegistrationPortal(CustomerPortal):
    """A partner's own deal registrations. Whoever is no partner, or asks for another's, gets "not found"."""

    def _reseller(self):
        """The partner for whom the user acts, none where he acts for none or registering is off."""
        partner = request.env.user.sudo().commercial_partner_id
        weight = max(partner.partner_weight, request.env.user.sudo().partner_id.partner_weight)
        is_on = self._registering_company().reseller_registrations
        return partner if weight > 0 and partner.active and is_on else partner.browse()

    def _registering_company(self):
        partner = request.env.user.sudo().commercial_partner_id
        return (partner.company_id or request.env.company).sudo()

    def _reseller_or_404(self):
        partner = self._reseller()
        if not partner:
            raise request.not_found()
        return partner

    def _own(self, registration_id):
        domain = [("id", "=", registration_id), ("partner_id", "=", self._reseller_or_404().id)]
        registration = request.env["crm.deal.registration"].sudo().search(domain, limit=1)
        if not registration:
            raise request.not_found()
        return registration

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "registration_count" in counters:
            partner = self._reseller()
            registrations = request.env["crm.deal.registration"].sudo()
            values["registration_count"] = (
                partner and registrations.search_count([("partner_id", "=", partner.id)])
            ) or 0
        return values

    def _prepare_portal_layout_values(self):
        return {**super()._prepare_portal_layout_values(), "can_register_deals": bool(self._reseller())}

    @http.route(
        ["/my/registrations", "/my/registrations/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def registrations(self, page=1, **_kwargs):
        partner = self._reseller_or_404()
        registrations, domain = request.env["crm.deal.registration"].sudo(), [("partner_id", "=", partner.id)]
        pages = pager(url="/my/registrations", total=registrations.search_count(domain), page=page, step=STEP)
        found = registrations.search(domain, limit=STEP, offset=pages["offset"])
        return self._render("registrations", registrations=[one._for_partner() for one in found], pager=pages)

    @http.route("/my/registrations/new", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def registration_form(self, **_kwargs):
        self._reseller_or_404()
        return self._form({}, {})

    @http.route("/my/registrations/new", type="http", auth="user", methods=["POST"], website=True, sitemap=False)
    def registration_create(self, **entries):
        partner = self._reseller_or_404()
        registration, errors = request.env["crm.deal.registration"]._take_in(
            partner, request.env.user, self._registering_company(), entries
        )
        if errors:
            return self._form(entries, errors)
        return request.redirect(f"/my/registrations/{registration.id}")

    @http.route(
        "/my/registrations/<int:registration_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def registration(self, registration_id, **_kwargs):
        return self._render("registration", registration=self._own(registration_id)._for_partner())

    @http.route(
        "/my/registrations/<int:registration_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def registration_answer(self, registration_id, text="", **_kwargs):
        self._own(registration_id)._answer_question(text)
        return request.redirect(f"/my/registrations/{registration_id}")

    @http.route(
        "/my/registrations/<int:registration_id>/extend",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def registration_extend(self, registration_id, text="", **_kwargs):
        self._own(registration_id)._ask_extension(text)
        return request.redirect(f"/my/registrations/{registration_id}")

    def _form(self, entries, errors):
        countries = request.env["res.country"].sudo().search([])
        return self._render(
            "registration_form",
            entries=entries,
            errors=errors,
            countries=[(str(country.id), country.name) for country in countries],
        )

    def _render(self, template, **values):
        return request.render(
            f"crm_reseller.{template}",
            {**self._prepare_portal_layout_values(), "page_name": "registration", **values},
        )
