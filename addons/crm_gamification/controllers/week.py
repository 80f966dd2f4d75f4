from odoo import http
from odoo.http import request


class GameWeekController(http.Controller):
    """The page behind the link in the mail of the week. Opening it changes nothing: mail scanners open links too."""

    @http.route(
        "/game-week/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def game_week_page(self, token, **_kwargs):
        return self._page(self._person(token), token)

    @http.route(
        "/game-week/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        website=True,
        multilang=False,
        sitemap=False,
    )
    def game_week_stop(self, token, way="stop", **_kwargs):
        """Also what a mail program's own Unsubscribe sends: one click, without a session."""
        person = self._person(token)
        person.game_week_off = way != "resume"
        return self._page(person, token)

    def _person(self, token):
        person = request.env["crm.game.week"]._user_of(token)
        if not person:
            raise request.not_found()
        return person

    def _page(self, person, token):
        response = request.make_response(
            request.env["ir.ui.view"]
            .sudo()
            .with_context(lang=person.lang or request.env.lang)
            ._render_template("crm_gamification.week_page", {"is_off": person.game_week_off, "token": token})
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
