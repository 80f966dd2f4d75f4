from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager
from odoo.addons.web.controllers.export import CSVExport, ExcelExport
from odoo.addons.website_crm_partner_assign.controllers.main import WebsiteAccount

from ..models.crm_lead_partner_pipeline import PAGE
from ..pipeline.asked import FILTERS, SORTS, asked, cell, more_of

MOST_ROWS = 10_000


class PipelinePortal(WebsiteAccount):
    """The partner's pipeline. Where it is off there is nothing here, and Odoo's pages are as they were."""

    def _pipeline_or_404(self):
        if not request.env.user._has_partner_portal():
            raise request.not_found()
        return request.env["crm.lead"]

    @http.route()
    def portal_my_opportunities(self, *args, **kwargs):
        if request.env.user._has_partner_portal():
            return request.redirect("/my/pipeline")
        return super().portal_my_opportunities(*args, **kwargs)

    @http.route()
    def portal_my_opportunity(self, opp, **kwargs):
        if request.env.user._has_partner_portal():
            return request.redirect(f"/my/pipeline/{opp.id}")
        return super().portal_my_opportunity(opp, **kwargs)

    @http.route(
        ["/my/pipeline", "/my/pipeline/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def pipeline(self, page=1, **entries):
        leads, wanted = self._pipeline_or_404(), asked(entries, page)
        values = {"columns": [], "leads": [], "pager": None}
        if wanted.view == "list":
            kept = {name: value for name, value in entries.items() if name in ("search", "filterby", "sortby", "stage")}
            total = leads._partner_count(wanted)
            pages = pager("/my/pipeline", total, wanted.page, PAGE, url_args={**kept, "view": "list"})
            values.update(leads=leads._partner_list(wanted, pages["offset"]), pager=pages, total=total)
        else:
            values["columns"] = leads._partner_board(wanted)
        filters, sorts = self._pipeline_filters(), self._pipeline_sorts()
        return self._render_pipeline(
            "pipeline",
            asked=wanted,
            more_of=more_of,
            searchbar_filters={name: {"label": filters[name]} for name in FILTERS},
            searchbar_sortings={name: {"label": sorts[name]} for name in SORTS},
            filterby=wanted.filter,
            sortby=wanted.sort,
            default_url="/my/pipeline",
            has_team=request.env.user._is_partner_manager(),
            **values,
        )

    @http.route("/my/pipeline/export", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def pipeline_export(self, kind="xlsx", **entries):
        env = request.env
        rows = self._pipeline_or_404()._partner_list(asked(entries), limit=MOST_ROWS)
        columns = {
            "name": env._("Opportunity"),
            "customer": env._("Customer"),
            "stage": env._("Stage"),
            "revenue": env._("Expected revenue"),
            "closing_day": env._("Expected closing"),
            "colleague": env._("Assigned to"),
            "step": env._("Next step"),
        }
        table = [[cell(row[name]) for name in columns] for row in rows]
        if kind == "csv":
            content = CSVExport().from_data([], list(columns.values()), table)
            mime = "text/csv;charset=utf8"
        else:
            kind, mime = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            heads = [{"name": name, "type": "char"} for name in columns]
            content = ExcelExport().from_data(heads, list(columns.values()), table)
        name = f"pipeline-{fields.Date.today()}.{kind}"
        return request.make_response(
            content, headers=[("Content-Type", mime), ("Content-Disposition", content_disposition(name))]
        )

    @http.route("/my/pipeline/<int:lead_id>", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def pipeline_lead(self, lead_id, **_entries):
        leads = self._pipeline_or_404()
        lead = leads._partner_lead(lead_id)
        if not lead:
            return self._pipeline_merged(leads, lead_id) or self._pipeline_gone()
        return self._render_pipeline("pipeline_lead", lead_page=lead._partner_page(), object=lead)

    @http.route(
        "/my/pipeline/<int:lead_id>/<string:step>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def pipeline_step(self, lead_id, step, as_json="", back="", proof=None, **entries):
        lead = self._pipeline_or_404()._partner_lead(lead_id)
        trouble = self._gone_words() if not lead else lead._partner_do(step, entries, self._file(proof))
        if as_json:
            moved = lead._partner_moved(asked(entries)) if step == "move" and not trouble else {}
            return request.make_json_response({"trouble": trouble, **moved})
        if not lead:
            return self._pipeline_gone()
        request.session["pipeline_told"] = {"trouble": trouble}
        return request.redirect("/my/pipeline" if back == "board" else f"/my/pipeline/{lead_id}")

    def _file(self, upload):
        return (upload.filename, upload.read()) if hasattr(upload, "read") and upload.filename else None

    def _gone_words(self):
        return request.env._(
            "This opportunity is not with you, or no longer: it may have been given to somebody else, or merged with "
            "another one. Your pipeline shows all that is yours."
        )

    def _pipeline_merged(self, leads, lead_id):
        """To the lead into which the one of this number was merged, if that is the partner's."""
        head_id = lead_id < 2**31 and request.env["crm.lead.event"].sudo()._merged_into(lead_id)
        head = head_id and leads._partner_lead(head_id)
        if not head:
            return None
        words = request.env._("The opportunity that you looked for was merged into %(name)s.", name=head.name)
        request.session["pipeline_told"] = {"trouble": "", "words": words}
        return request.redirect(f"/my/pipeline/{head.id}")

    def _pipeline_gone(self):
        response = self._render_pipeline("pipeline_gone", words=self._gone_words())
        response.status_code = 404
        return response

    def _pipeline_filters(self):
        env = request.env
        return {
            "open": env._("Open"),
            "sleeping": env._("Sleeping: 30 days in one stage"),
            "closing": env._("Closing this month"),
            "no_step": env._("No next step"),
            "won": env._("Won"),
            "lost": env._("Lost"),
        }

    def _pipeline_sorts(self):
        env = request.env
        return {
            "date": env._("Newest"),
            "name": env._("Name"),
            "revenue": env._("Expected revenue"),
            "closing": env._("Expected closing"),
            "stage": env._("Stage"),
        }

    def _render_pipeline(self, template, **values):
        told = request.session.pop("pipeline_told", None)
        return request.render(
            f"crm_reseller.{template}",
            {**self._prepare_portal_layout_values(), "page_name": "pipeline", "told": told, **values},
        )
