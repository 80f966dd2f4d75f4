from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

FORM = "website_form_lead"


class CrmLeadEvent(models.Model):
    """Visits and forms of the time before the log began."""

    _inherit = "crm.lead.event"

    @api.model
    def _log_sources(self):
        return {**super()._log_sources(), "website_track": "website_track", FORM: "crm_lead"}

    @api.model
    def _past_of_leads(self, lowest, below, start):
        rows = super()._past_of_leads(lowest, below, start)
        return rows + self._past_visits(lowest, below, start) + self._past_forms(lowest, below, start)

    @api.model
    def _past_visits(self, lowest, below, start):
        """The newest ones before the lead, and all while it was open."""
        visits = self.env["website.track"]
        where = SQL("lead.id >= %s AND lead.id < %s AND track.id <= %s", lowest, below, start.get("website_track", 0))
        while_open = SQL(
            "%s AND track.visit_datetime > lead.create_date"
            " AND (lead.date_closed > track.visit_datetime OR lead.active AND lead.won_status = 'pending')",
            where,
        )
        return visits._event_visits_before(where) + visits._event_rows(visits._event_visits(while_open))

    @api.model
    def _past_forms(self, lowest, below, start):
        """Leads that look as the form makes them: by the system, of a visitor who was there, by no mail or chat."""
        lead = self.env["crm.lead"]
        by_chat = SQL("lead.origin_channel_id IS NOT NULL") if "origin_channel_id" in lead._fields else SQL("FALSE")
        where = SQL(
            """
            lead.id >= %s AND lead.id < %s AND lead.id <= %s AND lead.create_uid = %s
            AND visitor.create_date <= lead.create_date AND NOT (%s)
            AND NOT EXISTS (SELECT FROM mail_message message
                             WHERE message.model = 'crm.lead' AND message.res_id = lead.id
                               AND message.message_type = 'email'
                               AND message.create_date <= lead.create_date + interval '1 minute')
            """,
            lowest,
            below,
            start.get(FORM, 0),
            SUPERUSER_ID,
            by_chat,
        )
        return [{**row, "inferred": True} for row in lead._event_form_rows(where)]
