from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from .crm_lead_event_reader import STEPS


class CrmLeadEvent(models.Model):
    """What becomes of events when kinds go or events were forgotten."""

    _inherit = "crm.lead.event"

    @api.model
    def _forget_kinds(self, names):
        super()._forget_kinds(names)
        for model in ("crm.lead.event.retention", "crm.lead.event.total"):
            self.env[model].sudo().search([("kind", "in", list(names))]).unlink()

    @api.model
    def _without_forgotten(self, rows):
        """Earlier history is not told of what would be deleted at once, or was."""
        limits = self.env["crm.lead.event.retention"]._limits()
        old = [row for row in rows if row["moment"] < limits.get(row["kind"], row["moment"])]
        if not old:
            return rows
        leads = self.env["crm.lead"].sudo().with_context(active_test=False).browse({row["lead_id"] for row in old})
        closed = set(leads.filtered_domain(["|", ("active", "=", False), ("won_status", "in", ("won", "lost"))])._ids)
        gone = {id(row) for row in old if row["lead_id"] in closed}
        return [row for row in rows if id(row) not in gone]

    @api.model
    def _forgotten_until(self, kinds):
        """Naive UTC: leads made later have lost no event of these kinds. None where nothing was forgotten."""
        self.env.cr.execute(SQL("SELECT max(month)::timestamp FROM crm_lead_event_total WHERE kind = ANY(%s)", kinds))
        month = self.env.cr.fetchone()[0]
        return month and month + relativedelta(months=1)

    @api.model
    def _leads_of_unknown_steps(self, leads, moment):
        """Ids of those whose steps up to a moment are no longer all told: retention has forgotten
        some, or erasure has taken away what an event pointed to."""
        until = self._forgotten_until(list(STEPS))
        forgotten = {lead.id for lead in leads if until and lead.create_date < until}
        blanked = self.env.execute_query(
            SQL(
                "SELECT DISTINCT lead_id FROM crm_lead_event"
                " WHERE lead_id = ANY(%s) AND moment <= %s AND kind = ANY(%s) AND actor_id IS NULL AND model IS NULL",
                leads.ids,
                moment,
                list(STEPS),
            )
        )
        return forgotten | {lead_id for (lead_id,) in blanked}
