from odoo import http
from odoo.http import request

from ..intake.clean import HONEYPOT, LENGTHS, WHY_LENGTH

CAPTCHA = "crm_reseller_apply"


class ApplicationController(http.Controller):
    """The public page on which somebody applies to become a partner."""

    @http.route("/partners/apply", type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def application_form(self, **_kwargs):
        self._company_or_404()
        return self._form({}, {})

    @http.route(
        "/partners/apply",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        captcha=CAPTCHA,
    )
    def application_send(self, **entries):
        company, http_request = self._company_or_404(), request.httprequest
        errors = request.env["crm.reseller.application"]._take_in(
            company, entries, http_request.form.getlist("lang_ids"), http_request.remote_addr
        )
        if errors:
            return self._form(entries, errors)
        return request.redirect("/partners/apply/thanks")

    @http.route("/partners/apply/thanks", type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def application_thanks(self, **_kwargs):
        self._company_or_404()
        return request.render("crm_reseller.application_thanks", {})

    def _company_or_404(self):
        company = request.website.sudo().company_id
        if not company.reseller_applications:
            raise request.not_found()
        return company

    def _form(self, entries, errors):
        def choices(model, domain=()):
            return [(str(one.id), one.name) for one in request.env[model].sudo().search(list(domain))]

        texts = {name: str(entries.get(name) or "")[:WHY_LENGTH] for name in (*LENGTHS, "why")}
        return request.render(
            "crm_reseller.application",
            {
                "entries": {**texts, **{name: entries.get(name) for name in ("country_id", "industry_id")}},
                "chosen": request.httprequest.form.getlist("lang_ids")[:50],
                "errors": errors,
                "countries": choices("res.country"),
                "industries": choices("res.partner.industry"),
                "languages": choices("res.lang"),
                "honeypot": HONEYPOT,
                "captcha": CAPTCHA,
            },
        )
