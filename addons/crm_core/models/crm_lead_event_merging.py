from odoo import api, models
from odoo.tools import SQL

from .crm_lead_event import PENDING


class CrmLeadEvent(models.Model):
    """Where events go when leads are merged or deleted."""

    _inherit = "crm.lead.event"

    @api.model
    def _repoint(self, head, tails):
        """Merging: what happened to the tails happened to the lead that stays.

        What is in the log already follows when the transaction ends or the tails are deleted.
        """
        self.env["crm.lead.event.past"]._tell_before_merge(tails)
        pending = self._pending()
        if pending.is_on:
            pending.rows += self._change_rows(pending, [lead_id for lead_id in tails._ids if lead_id in pending.before])
            pending.rows += self._caused_rows()
        pending.merge(head.id, tails._ids)
        self._record([{"lead_id": head.id, "kind": "merged", "data": {"from": tails.ids}}])

    @api.model
    def _point_to_heads(self):
        """Point the events of leads that were merged to those that stay, all merges in one statement."""
        pending = self._pending()
        if not pending.heads:
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead_event SET lead_id = v.head, origin_id = COALESCE(origin_id, lead_id)
                  FROM unnest(%s::int[], %s::int[]) AS v(tail, head) WHERE lead_id = v.tail
                """,
                list(pending.heads),
                list(pending.heads.values()),
            )
        )
        pending.heads.clear()
        self.invalidate_model()

    @api.model
    def _before_unlink(self, leads):
        """Events of merged leads move on before these are deleted with what they have."""
        pending = self.env.cr.precommit.data.get(PENDING)
        if pending and not {*pending.heads, *pending.heads.values()}.isdisjoint(leads._ids):
            self._point_to_heads()

    @api.model
    def _after_unlink(self, leads):
        if pending := self.env.cr.precommit.data.get(PENDING):
            pending.forget(leads._ids)
