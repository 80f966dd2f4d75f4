from odoo import api, models

ON = "crm_reports.figures"


class CrmLeadFacts(models.Model):
    """The job that counts what happened: of all leads once, then of those of which something was told."""

    _name = "crm.lead.facts"
    _inherit = ["crm.lead.facts", "crm.lead.following.mixin"]

    _following = ON
    _following_cron = "crm_reports.ir_cron_figures"
    _following_batch = 5_000

    @api.model
    def _are_counted(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(ON))

    @api.model
    def _switch(self, on):
        """Begin to count, or stop at once. What was counted stays until counting begins again."""
        self.env["ir.config_parameter"].sudo().set_param(ON, on)
        if on:
            self.env["crm.lead.passage"]._match_companies()
            self._follow_start()
        else:
            self._follow_stop()

    @api.model
    def _follow_batch(self, lead_ids):
        """Leads that are gone are left out; those that go meanwhile make the batch begin again."""
        self._refresh(lead_ids)
        self.env["crm.lead.passage"]._refresh(lead_ids)

    @api.model
    def _follow_walks(self):
        """All that is counted is told; the stages' usual numbers come last."""
        return [self._walk_told, self._walk_all, self._walk_stages]

    @api.model
    def _walk_stages(self):
        self.env["crm.stage.usual"]._refresh_daily()
        return True
