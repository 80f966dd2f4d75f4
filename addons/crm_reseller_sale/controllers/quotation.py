import secrets
from dataclasses import replace

from odoo import http
from odoo.http import request

from odoo.addons.crm_reseller.controllers.pipeline import PipelinePortal

from ..quoting.entered import NOTE, PREFIX, Entered, entered

PATH = "/my/pipeline/<int:lead_id>/quotations"


class QuotationPortal(PipelinePortal):
    """A partner makes a quotation for an opportunity of his. Where it is off there is nothing here."""

    @http.route(f"{PATH}/new", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def quotation_form(self, lead_id, search="", **_entries):
        lead = self._quoting_lead(lead_id)
        if not lead:
            return self._pipeline_gone()
        if trouble := lead._why_no_quotation():
            return self._back_to_lead(lead, {"trouble": trouble})
        return self._quotation_page(lead, entered({"search": search}))

    @http.route(f"{PATH}/new", type="http", auth="user", methods=["POST"], website=True, sitemap=False)
    def quotation_make(self, lead_id, make="", **entries):
        lead = self._quoting_lead(lead_id)
        if not lead:
            return self._pipeline_gone()
        wanted = entered(entries, lead._quantity_digits())
        if not make:
            return self._quotation_page(lead, wanted)
        order, trouble = lead._partner_quote(wanted)
        if trouble:
            return self._quotation_page(lead, wanted, trouble)
        words = request.env._(
            "Quotation %(name)s is made. We check it, and send it to the customer ourselves.", name=order.name
        )
        return self._back_to_lead(lead, {"trouble": "", "words": words})

    @http.route(
        f"{PATH}/<int:order_id>/withdraw", type="http", auth="user", methods=["POST"], website=True, sitemap=False
    )
    def quotation_withdraw(self, lead_id, order_id, **_entries):
        lead = self._quoting_lead(lead_id)
        if not lead:
            return self._pipeline_gone()
        order = lead._partner_quotations().filtered(lambda one: one.id == order_id)
        if not order:
            return self._back_to_lead(lead, {"trouble": request.env._("This quotation is not with you.")})
        return self._back_to_lead(lead, {"trouble": order._partner_withdraw()})

    def _quoting_lead(self, lead_id):
        """:return: the opportunity, none where it is not his"""
        lead = self._pipeline_or_404()._partner_lead(lead_id)
        if lead and not lead._quoting_company()._lets_partners_quote():
            raise request.not_found()
        return lead

    def _back_to_lead(self, lead, told):
        request.session["pipeline_told"] = told
        return request.redirect(f"/my/pipeline/{lead.id}")

    def _quotation_page(self, lead, wanted: Entered, trouble=""):
        token = wanted.token or secrets.token_urlsafe(16)
        return request.render(
            "crm_reseller_sale.quotation",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "pipeline_quotation",
                "quoting": lead._quoting_page(wanted),
                "wanted": replace(wanted, token=token),
                "trouble": trouble,
                "prefix": PREFIX,
                "longest_note": NOTE,
            },
        )
