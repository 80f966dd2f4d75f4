from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    # the job of attribution looks for won leads that were written since it looked last
    _won_written_idx = models.Index("(write_date, id) WHERE won_status = 'won'")

    attribution_share_count = fields.Integer(
        "Touches Shared Out", compute="_compute_attribution_share_count", groups="sales_team.group_sale_manager"
    )

    @api.depends("won_status")
    def _compute_attribution_share_count(self):
        found = self.env["crm.attribution.share"]._read_group([("lead_id", "in", self.ids)], ["lead_id"], ["__count"])
        counts = {lead.id: count for lead, count in found}
        for lead in self:
            lead.attribution_share_count = counts.get(lead._origin.id, 0)
