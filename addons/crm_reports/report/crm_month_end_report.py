from odoo import api, models


class CrmMonthEndReport(models.AbstractModel):
    """The month end on paper, with the reader's own rights."""

    _name = "report.crm_reports.crm_month_end_report"
    _description = "Month End on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        options = dict(data or {})
        options["team_id"] = int(options.get("team_id") or 0)
        page = self.env["crm.month.end"].get_page(options)
        team = self.env["crm.team"].browse(page["options"]["team_id"] or [])
        return {
            "page": page,
            "month": dict(page["months"]).get(page["options"]["month"], page["options"]["month"]),
            "team": team.display_name,
            "company": self.env.company,
        }
