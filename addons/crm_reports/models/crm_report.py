from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Command

# models of which reports are made, with the views that show their records
LEADS = "crm.lead"
VIEWS = {LEADS: {"list": "crm.crm_lead_view_tree_opportunity_reporting"}}
SEARCHES = {LEADS: "crm_reports.crm_lead_view_search_report"}
ALL_THAT_CLOSED = [("active", "in", [True, False])]


class CrmReport(models.Model):
    """A report by name: which question it answers, and how a pivot, a graph or a list answers it."""

    _name = "crm.report"
    _description = "CRM Report"
    _order = "theme, sequence, id"

    name = fields.Char(required=True, translate=True)
    question = fields.Char(translate=True, help="What the report answers, as one would ask it.")
    theme = fields.Selection(
        [
            ("1_results", "Results"),
            ("2_won_rate", "Won Rate"),
            ("3_lost", "Lost"),
            ("4_pipeline", "Pipeline"),
            ("5_forecast", "Forecast"),
            ("6_attention", "Attention and Work"),
            ("7_leads", "Leads and Distribution"),
            ("8_speed", "Stages and Speed"),
            ("9_ours", "Our Reports"),
        ],
        required=True,
    )
    sequence = fields.Integer(default=10)
    model = fields.Char(required=True, default=LEADS)
    views = fields.Char(required=True, default="graph,pivot,list", help="In this order.")
    domain = fields.Char(default="[]")
    filters = fields.Char(help="Filters of the search view that are set at first.")
    rows = fields.Char(help="What it is grouped by, in this order.")
    columns = fields.Char(help="What the pivot is grouped by from left to right.")
    measures = fields.Char(help="The graph shows the first one.")
    graph_mode = fields.Selection([("bar", "Bar"), ("line", "Line"), ("pie", "Pie")], default="bar", required=True)
    takes_archived = fields.Boolean(help="Lost leads are archived: they count too.")
    needs_figures = fields.Boolean(help="Shows something only where what happened to leads is counted.")
    is_waiting_for_figures = fields.Boolean(compute="_compute_is_waiting_for_figures")
    action_id = fields.Many2one("ir.actions.act_window", readonly=True, copy=False, ondelete="set null")
    filter_id = fields.Many2one("ir.filters", "Favorite", ondelete="cascade", index="btree_not_null")

    @api.depends("needs_figures")
    def _compute_is_waiting_for_figures(self):
        are_counted = self.env["crm.lead.facts"]._are_counted()
        for report in self:
            report.is_waiting_for_figures = report.needs_figures and not are_counted

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        reports._make_actions()
        return reports

    def write(self, vals):
        result = super().write(vals)
        if not {"action_id"} & set(vals):
            self._make_actions()
        return result

    def unlink(self):
        actions = self.sudo().action_id
        result = super().unlink()
        actions.unlink()
        return result

    def action_open(self):
        """The report, with the reader's own rights."""
        self.ensure_one()
        return {**self.action_id.sudo()._get_action_dict(), "name": self.name}

    def _make_actions(self):
        """An action of its own lets a report be reloaded, bookmarked, and kept as a favorite."""
        for report in self.sudo():
            values = report._prepare_action_vals()
            if report.action_id:
                report.action_id.write(values)
            else:
                report.action_id = self.env["ir.actions.act_window"].sudo().create(values)

    def _prepare_action_vals(self):
        modes = self.views.split(",")
        known, search = VIEWS.get(self.model, {}), SEARCHES.get(self.model)
        if self.model == LEADS:
            modes.append("form")
        views = {mode: self.env.ref(xmlid) for mode, xmlid in known.items()}
        search_view = search and self.env.ref(search)
        return {
            "name": self.name,
            "res_model": self.model,
            "view_mode": ",".join(modes),
            "view_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {"sequence": place, "view_mode": mode, "view_id": views[mode].id if mode in views else False}
                    )
                    for place, mode in enumerate(modes)
                ),
            ],
            "search_view_id": search_view and search_view.id,
            "domain": self._report_domain(),
            "context": str(self._report_context()),
        }

    def _report_domain(self):
        """As text that the web client evaluates: relative dates and `uid` stay words."""
        if self.filter_id:
            return self.filter_id.sudo()._report_domain()
        domain = literal_eval(self.domain or "[]")
        return str([*domain, *ALL_THAT_CLOSED] if self.takes_archived else domain)

    def _report_context(self):
        if self.filter_id:
            return self.filter_id.sudo()._report_context()
        rows, columns, measures = (self._words(name) for name in ("rows", "columns", "measures"))
        return {
            **{f"search_default_{name}": 1 for name in self._words("filters")},
            "graph_groupbys": rows + columns,
            "graph_measure": (measures or ["__count"])[0],
            "graph_mode": self.graph_mode,
            "pivot_row_groupby": rows,
            "pivot_column_groupby": columns,
            "pivot_measures": measures or ["__count"],
            "create": False,
        }

    def _words(self, name):
        return [word for word in (self[name] or "").split(",") if word]

    @api.model
    def _report_models(self):
        """Models whose favorites are reports of ours; addons add theirs."""
        return [LEADS, "crm.lead.passage", "crm.activity.report"]
