from odoo import api, fields, models
from odoo.tools import SQL


class CrmLeadEventErasure(models.Model):
    """A contact that was deleted and that the log may still name as the one who acted.

    The log has no index on its actors, so one job goes over it for all who were deleted since.
    """

    _name = "crm.lead.event.erasure"
    _inherit = ["crm.lead.event.chore"]
    _description = "Deleted Contact to Be Blanked in the Log"
    _log_access = False

    partner_id = fields.Integer("Deleted Contact", required=True, readonly=True)

    @api.model
    def _erase(self, partner_ids):
        """Let the job take these contacts out of the log."""
        if not partner_ids:
            return
        self.sudo().create([{"partner_id": partner_id} for partner_id in partner_ids])
        if cron := self.env.ref("crm_core.ir_cron_event_erasure", raise_if_not_found=False):
            cron._trigger()

    @api.model
    def _cron_erase(self):
        self._walk()

    def _walk_range(self, where):
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead_event event SET actor_id = NULL, model = NULL, res_id = NULL"
                " WHERE actor_id = ANY(%s) AND %s",
                self.mapped("partner_id"),
                where,
            )
        )
        self.env["crm.lead.event"].invalidate_model(flush=False)

    def _walk_end(self):
        self._walkers().unlink()
