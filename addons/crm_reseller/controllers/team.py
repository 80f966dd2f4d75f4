from odoo import http
from odoo.http import request

from .pipeline import PipelinePortal


class TeamPortal(PipelinePortal):
    """A partner manager's colleagues. For everybody else there is no such page."""

    def _team_or_404(self):
        if not request.env.user._is_partner_manager():
            raise request.not_found()
        return request.env.user.partner_id

    @http.route("/my/pipeline/team", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def pipeline_team(self, **_entries):
        rows, unassigned = self._team_or_404()._team_page()
        return self._render_pipeline("pipeline_team", team=rows, unassigned=unassigned)

    @http.route(
        "/my/pipeline/team/<int:contact_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def pipeline_team_role(self, contact_id, role="", **_entries):
        manager = self._team_or_404()
        contact = manager._team().filtered(lambda one: one.id == contact_id)
        if not contact:
            raise request.not_found()
        request.session["pipeline_told"] = {"trouble": manager._team_change_role(contact, role)}
        # who has just made himself a user has no such page any more
        return request.redirect("/my/pipeline/team" if request.env.user._is_partner_manager() else "/my/pipeline")
