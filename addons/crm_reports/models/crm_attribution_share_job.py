from odoo import api, models
from odoo.tools import SQL

from .crm_attribution_share import ON

RETOLD = frozenset(
    ("won", "reopened", "lost", "merged", "converted", "amount_changed", "owner_changed", "team_changed")
)


class CrmAttributionShare(models.Model):
    """Keeps the rows up to date by what changes, and goes over all won leads when it is switched on. Where leads came
    from, their dates and companies are no events."""

    _name = "crm.attribution.share"
    _inherit = ["crm.attribution.share", "crm.lead.following.mixin"]

    _following = ON
    _following_cron = "crm_reports.ir_cron_attribution"

    @api.model
    def _follow_batch(self, lead_ids):
        self._share_out(lead_ids)

    @api.model
    def _follow_where(self):
        return SQL("won_status = 'won'")

    @api.model
    def _follow_concerned(self, told):
        retold = RETOLD.union(self.env["crm.lead.event"]._touch_kinds())
        return self._won_or_shared({lead_id for lead_id, kind in told if kind in retold})

    @api.model
    def _won_or_shared(self, lead_ids):
        """Those of these leads that are won or were when they were last looked at."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_lead lead WHERE id = ANY(%s)
                   AND (won_status = 'won' OR EXISTS (SELECT FROM crm_attribution_share WHERE lead_id = lead.id))
                 ORDER BY id
                """,
                list(lead_ids),
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _follow_forget(self, lowest, below):
        """Rows that were kept while it was switched off, of leads that are no longer won."""
        self.env.cr.execute(
            SQL("DELETE FROM crm_attribution_share WHERE lead_id >= %s AND lead_id < %s", lowest, below)
        )
