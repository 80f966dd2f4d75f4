import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from .crm_attribution_share import ON as ATTRIBUTION
from .crm_lead_figures_job import ON as FIGURES

READING = "crm.lead.reading.mixin"
SWITCHES = (ATTRIBUTION, FIGURES)


class CrmLead(models.Model):
    """Leads behind the rows of reports."""

    _inherit = "crm.lead"

    report_rows = fields.Char(
        compute="_compute_report_rows",
        search="_search_report_rows",
        help="Leads behind rows of a report: its model and a domain, as JSON.",
    )

    def _compute_report_rows(self):
        self.report_rows = False

    @api.model
    def _search_report_rows(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._report_rows_domain(*json.loads(text)) for text in value if text)

    @api.model
    def _report_rows_domain(self, model, domain):
        """The leads of the rows of a model that fit a domain and that the user may read."""
        rows = self.env[model]
        field = rows._fields.get("lead_id")
        if not field or field.comodel_name != self._name:
            raise ValueError(f"rows of {model} are not of leads")
        query = rows._search(domain)
        return Domain("id", "in", query.subselect(rows._field_to_sql(query.table, "lead_id", query)))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """`report_rows` is for actions; nobody chooses it in a filter."""
        found = super().fields_get(allfields, attributes)
        found.pop("report_rows", None)
        return found

    @api.model
    @api.readonly
    def action_open_report_rows(self, model, domain):
        """The leads behind a cell of a report.

        :param str model: the report's, with a `lead_id`
        :param list domain: of the cell
        :return: an action that lists exactly those leads
        """
        self.env[model].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads and Opportunities"),
            "res_model": self._name,
            "views": [(self.env.ref("crm.crm_case_tree_view_oppor").id, "list"), (False, "kanban"), (False, "form")],
            "search_view_id": (self.env.ref("crm.view_crm_case_opportunities_filter").id,),
            "domain": [("report_rows", "=", json.dumps([model, domain]))],
            "context": {"active_test": False, "create": False},
        }

    @api.model_create_multi
    def create(self, vals_list):
        self._are_rows_kept()  # known from the first lead on: work on many leads need not ask
        return super().create(vals_list)

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        moved = [lead.id for lead, vals in zip(self, vals_list, strict=True) if "company_id" in vals]
        if moved and self._are_rows_kept():
            for name in self.pool.descendants([READING], "_inherit"):
                rows = self.env[name].sudo()
                if not rows._abstract and rows._is_lead_company_kept():
                    rows._lead_companies_moved(self.browse(moved))
        return result

    @api.model
    @ormcache(cache="stable")  # forgotten whenever a parameter changes
    def _are_rows_kept(self):
        """Whether any report keeps rows of leads; nothing else is asked where none does."""
        self.env["ir.config_parameter"].flush_model()
        switches = SQL(
            "SELECT 1 FROM ir_config_parameter WHERE key = ANY(%s) AND value = 'True' LIMIT 1", list(SWITCHES)
        )
        return bool(self.env.execute_query(switches))
