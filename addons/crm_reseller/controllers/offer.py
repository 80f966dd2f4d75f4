from odoo import http
from odoo.http import request

PATH = "/reseller/offer/<int:offer_id>/<string:token>"


class OfferController(http.Controller):
    """The page behind the link in an offer. Opening it changes nothing: mail scanners open links too."""

    @http.route(
        PATH, type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=False
    )
    def offer_page(self, offer_id, token, **_kwargs):
        return self._answer(offer_id, token, lambda offer: "opened")

    @http.route(PATH, type="http", auth="public", methods=["POST"], website=True, multilang=False, sitemap=False)
    def offer_answer(self, offer_id, token, answer=None, reason_id="", note="", **_kwargs):
        def act(offer):
            if answer == "accept":
                return "accepted" if offer._accept() else "too_late"
            if answer == "decline":
                return "declined" if offer._decline(self._reason(reason_id), note) else "too_late"
            return "opened"

        return self._answer(offer_id, token, act)

    def _answer(self, offer_id, token, act):
        access, address = request.env["crm.lead.offer.access"], request.httprequest.remote_addr
        if access._is_too_often(address):
            return self._page("crm_reseller.offer_page_sentence", {"kind": "often"}, status=429)
        offer = request.env["crm.lead.offer"]._by_link(offer_id, token)
        what = act(self._in_their_language(offer)) if offer else "refused"
        access._note(offer, what, address)
        if not offer:
            return self._page("crm_reseller.offer_page_sentence", {"kind": "unknown"}, status=404)
        return self._show(self._in_their_language(offer), what)

    def _in_their_language(self, offer):
        return offer.with_context(lang=offer.partner_id.lang or request.env.lang)

    def _show(self, offer, what):
        closed = offer._why_closed()
        if not closed:
            reasons = request.env["crm.lead.offer.decline.reason"].sudo().with_context(offer.env.context).search([])
            values = {
                "title": offer._title(),
                "summary": offer._summary(),
                "until": offer._until_words(),
                "is_first": offer.way == "first",
                "reasons": [(reason.id, reason.name) for reason in reasons],
                "action": f"/reseller/offer/{offer.id}/{offer._token()}",
            }
            return self._page("crm_reseller.offer_page", values, offer.env.context.get("lang"))
        values = {"kind": "closed", "sentence": closed, "is_won": what == "accepted", "summary": []}
        if what == "accepted":
            values["summary"] = offer._summary()
        return self._page("crm_reseller.offer_page_sentence", values, offer.env.context.get("lang"))

    def _reason(self, reason_id):
        reasons = request.env["crm.lead.offer.decline.reason"].sudo()
        return reasons.browse(int(reason_id)).exists() if reason_id.isdecimal() and len(reason_id) < 10 else reasons

    def _page(self, template, values, lang=None, status=200):
        views = request.env["ir.ui.view"].sudo().with_context(lang=lang or request.env.lang)
        response = request.make_response(views._render_template(template, values), status=status)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["X-Frame-Options"] = "DENY"
        return response
