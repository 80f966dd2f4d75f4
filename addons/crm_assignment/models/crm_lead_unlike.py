from odoo import api, fields, models
from odoo.tools import SQL


class CrmLeadUnlike(models.Model):
    """Pairs of leads that a person said are not the same: they are not marked as look-alikes again."""

    _name = "crm.lead.unlike"
    _description = "Leads That Are Not the Same"
    _log_access = False
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", readonly=True, help="The older one.")
    other_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True, readonly=True)

    _pair_uniq = models.UniqueIndex("(lead_id, other_id)")

    @api.model
    def _remember(self, lead, other):
        self.env.cr.execute(
            SQL(
                "INSERT INTO crm_lead_unlike (lead_id, other_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                *sorted((lead.id, other.id)),
            )
        )
        self.invalidate_model()

    @api.model
    def _of(self, lead_ids):
        """Set of (lead id, id of another lead), with one of these leads as the first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT lead_id, other_id FROM crm_lead_unlike WHERE lead_id = ANY(%(ids)s)"
                " UNION ALL SELECT other_id, lead_id FROM crm_lead_unlike WHERE other_id = ANY(%(ids)s)",
                ids=list(lead_ids),
            )
        )
        return set(rows)

    @api.model
    def _follow_merge(self, head, tails):
        """Who is not the same as a merged lead is not the same as the one that stays."""
        family = (head | tails).ids
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_lead_unlike (lead_id, other_id)
                SELECT LEAST(%(head)s, outside), GREATEST(%(head)s, outside)
                  FROM (SELECT other_id FROM crm_lead_unlike WHERE lead_id = ANY(%(tails)s)
                         UNION SELECT lead_id FROM crm_lead_unlike WHERE other_id = ANY(%(tails)s)) AS known(outside)
                 WHERE outside <> ALL(%(family)s)
                ON CONFLICT DO NOTHING
                """,
                head=head.id,
                tails=tails.ids,
                family=family,
            )
        )
        self.invalidate_model()
