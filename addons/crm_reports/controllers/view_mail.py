from odoo import http
from odoo.http import request

WAYS = {"pause": "paused", "stop": "stopped", "resume": "on"}


class ViewMailController(http.Controller):
    """The page behind the link in a mailed view. Opening it changes nothing: mail scanners open links too."""

    @http.route(
        "/mailed-view/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def view_mail_page(self, token, **_kwargs):
        return self._page(token)

    @http.route(
        "/mailed-view/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def view_mail_choose(self, token, way=None, **_kwargs):
        line = request.env["crm.view.mail.recipient"]._by_token(token)
        if line and way in WAYS:
            line._set_state(WAYS[way])
        return self._page(token)

    def _page(self, token):
        line = request.env["crm.view.mail.recipient"]._by_token(token)
        if not line:
            raise request.not_found()
        lang = (line.user_id or line.partner_id).lang or request.env.lang
        values = {"name": line.view_mail_id.name, "state": line.state, "token": token}
        response = request.make_response(
            request.env["ir.ui.view"]
            .sudo()
            .with_context(lang=lang)
            ._render_template("crm_reports.view_mail_page", values)
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
