from odoo import api, models
from odoo.tools.safe_eval import safe_eval

REPORT_KEYS = ("graph_groupbys", "graph_measure", "pivot_measures", "pivot_row_groupby")


class IrFilters(models.Model):
    """A pivot or graph of the CRM that somebody keeps as a favorite is a report of ours."""

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        filters._follow_as_reports()
        return filters

    def write(self, vals):
        result = super().write(vals)
        self._follow_as_reports()
        return result

    def _follow_as_reports(self):
        """Make, rename or take away the report of each of these favorites."""
        reports = self.env["crm.report"].sudo()
        ours = self.sudo().filtered("active").filtered(lambda one: one._is_crm_report())
        there = reports.search([("filter_id", "in", self.ids)])
        (there.filtered(lambda report: report.filter_id not in ours)).unlink()
        by_filter = {report.filter_id: report for report in there.exists()}
        for one in ours:
            values = {"name": one.name, "model": one.model_id, "views": one._report_views()}
            if one in by_filter:
                by_filter[one].write(values)
            else:
                reports.create({**values, "theme": "9_ours", "filter_id": one.id})

    def _is_crm_report(self):
        return self.model_id in self.env["crm.report"]._report_models() and bool(self._report_views())

    def _report_views(self):
        """The views that show it, the one it was kept from first; empty where it was kept from another."""
        context = self._report_context()
        if not any(key in context for key in REPORT_KEYS):
            return ""
        return "graph,pivot,list" if "graph_measure" in context else "pivot,graph,list"

    def _report_context(self):
        try:
            return safe_eval(self.context or "{}", {"uid": self.env.uid})
        except (ValueError, SyntaxError):
            return {}

    def _report_domain(self):
        """What the favorite keeps, within what its own action shows: Odoo keeps only the first of the two.

        As text, because of `uid` and `context_today()`, which the web client knows. Domains one behind the
        other must all hold.
        """
        texts = [self.domain]
        if self.action_id.type == "ir.actions.act_window":
            texts.append(self.env["ir.actions.act_window"].browse(self.action_id.id).domain)
        within = [(text or "").strip().removeprefix("[").removesuffix("]").strip(" ,\n") for text in texts]
        return f"[{', '.join(text for text in within if text)}]"
