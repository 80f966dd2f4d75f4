from odoo import api, fields, models
from odoo.tools import SQL


class CrmLeadEventErasure(models.Model):
    """A contact that is gone and that the log may still name as the one who acted.

    Deleted, he is taken out of it; merged into another one, his events become those of the one that
    stays. The log has no index on its actors, so one job goes over it for all who went since. One who
    stays is never one who is gone himself: when he goes too, those whose events were to become his
    go on with him.
    """

    _name = "crm.lead.event.erasure"
    _inherit = ["crm.lead.event.chore"]
    _description = "Contact That Is Gone and That the Log May Still Name"
    _log_access = False

    partner_id = fields.Integer("Gone Contact", required=True, readonly=True, index=True)
    into_id = fields.Integer("Contact That Stays", readonly=True, index=True, help="0: he was deleted.")

    @api.model
    def _erase(self, partner_ids):
        """These contacts are deleted: let the job take them out of the log. Of merged ones it knows already."""
        gone = self.sudo()
        merged = gone.search([("partner_id", "in", partner_ids)]).mapped("partner_id")
        gone._let_go(set(partner_ids).difference(merged), False)

    @api.model
    def _merge_into(self, partner_ids, into_id):
        """These contacts become another one: let the job give their events to him."""
        self.sudo()._let_go(set(partner_ids) - {into_id}, into_id)

    def _let_go(self, partner_ids, into_id):
        if not partner_ids:
            return
        ids = sorted(partner_ids)
        self.search([("into_id", "in", ids)]).write({"into_id": into_id})
        self.create([{"partner_id": partner_id, "into_id": into_id} for partner_id in ids])
        if cron := self.env.ref("crm_core.ir_cron_event_erasure", raise_if_not_found=False):
            cron._trigger()

    @api.model
    def _stays_for(self, partner_ids):
        """Merged contacts that the log may still name -> who stays for them."""
        found = self.sudo().search_fetch([("partner_id", "in", partner_ids), ("into_id", "!=", 0)])
        return {gone.partner_id: gone.into_id for gone in found}

    @api.model
    def _cron_erase(self):
        self._walk()

    def _walk_range(self, where):
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead_event event
                   SET actor_id = gone.into_id,
                       model = CASE WHEN gone.into_id IS NOT NULL THEN event.model END,
                       res_id = CASE WHEN gone.into_id IS NOT NULL THEN event.res_id END
                  FROM unnest(%s::int[], %s::int[]) AS gone(partner_id, into_id)
                 WHERE event.actor_id = gone.partner_id AND %s
                """,
                [gone.partner_id for gone in self],
                [gone.into_id or None for gone in self],
                where,
            )
        )
        self.env["crm.lead.event"].invalidate_model(flush=False)

    def _walk_end(self):
        self._walkers().unlink()
