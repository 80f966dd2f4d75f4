from odoo import api, models
from odoo.tools import SQL

ON = "crm_reports.figures"
FILL_BELOW = "crm_reports.figures_fill_below"
READER = "crm_reports.figures"
BATCH = 5_000


class CrmLeadFacts(models.Model):
    """The job that counts what happened: first all leads, newest first, then those of which something was told."""

    _inherit = "crm.lead.facts"

    @api.model
    def _are_counted(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(ON))

    @api.model
    def _switch(self, on):
        """Begin to count, or stop at once. What was counted stays until counting begins again."""
        parameters, cron = self.env["ir.config_parameter"].sudo(), self.env.ref("crm_reports.ir_cron_figures").sudo()
        parameters.set_param(ON, on)
        cron.active = on
        if on:
            self.env["crm.lead.passage"]._match_companies()
            self.env["crm.lead.event.mark"].sudo()._begin_here(READER)
            self.env.cr.execute(SQL("SELECT max(id) FROM crm_lead"))
            parameters.set_param(FILL_BELOW, (self.env.cr.fetchone()[0] or 0) + 1)
            cron._trigger()

    @api.model
    def _cron_figures(self):
        if not self._are_counted():
            return
        parameters, commit = self.env["ir.config_parameter"].sudo(), self.env["ir.cron"]._commit_progress
        while (below := int(parameters.get_param(FILL_BELOW, 0))) > 1:
            rows = self.env.execute_query(
                SQL("SELECT id FROM crm_lead WHERE id < %s ORDER BY id DESC LIMIT %s", below, BATCH)
            )
            self._count([row[0] for row in rows])
            lowest = rows[-1][0] if len(rows) == BATCH else 1
            parameters.set_param(FILL_BELOW, lowest)
            if not commit(len(rows), remaining=lowest - 1):
                return
        more = True
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(READER, limit=BATCH)
            lead_ids = {lead_id for lead_id, _kind in told}
            self._count(lead_ids)
            if not commit(len(lead_ids), remaining=int(more)):
                return
        self.env["crm.stage.usual"]._refresh_daily()

    @api.model
    def _count(self, lead_ids):
        """Leads that are gone are left out; those that go meanwhile make the batch begin again."""
        if lead_ids:
            self._refresh(lead_ids)
            self.env["crm.lead.passage"]._refresh(lead_ids)
