from odoo import api, fields, models
from odoo.tools import SQL


class CrmLeadFacts(models.Model):
    """What happened to a lead, counted once, so that reports need not go through the log.

    One narrow row a lead, written by SQL and joined by `crm.lead._field_to_sql`: nobody reads it by itself.
    """

    _name = "crm.lead.facts"
    _description = "What Happened to a Lead, Counted"
    _log_access = False

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    contacts_in = fields.Integer()
    contacts_out = fields.Integer()
    touches = fields.Integer()
    activities_done = fields.Integer()
    meetings_held = fields.Integer()
    date_moves = fields.Integer(help="How often its expected closing was put off.")
    first_answer_hours = fields.Float(help="From the customer's first contact to our first one after it.")

    _lead_uniq = models.UniqueIndex("(lead_id)")

    @api.model
    def _refresh(self, lead_ids):
        """Count anew what the log tells of these leads; rows that stay the same are not written."""
        log = self.env["crm.lead.event"]
        ids = list(lead_ids)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_lead_facts AS facts (
                    lead_id, contacts_in, contacts_out, touches, activities_done, meetings_held, date_moves,
                    first_answer_hours
                )
                SELECT lead.id, COALESCE(reached.ins, 0), COALESCE(reached.outs, 0), COALESCE(reached.touches, 0),
                       COALESCE(done.activities, 0), COALESCE(done.meetings, 0), COALESCE(done.put_off, 0),
                       EXTRACT(EPOCH FROM reached.first_answer - reached.first_in) / 3600
                  FROM crm_lead lead
                  LEFT JOIN (%(reached)s) reached ON reached.lead_id = lead.id
                  LEFT JOIN (%(done)s) done ON done.lead_id = lead.id
                 WHERE lead.id = ANY(%(ids)s)
                ON CONFLICT (lead_id) DO UPDATE
                   SET contacts_in = excluded.contacts_in, contacts_out = excluded.contacts_out,
                       touches = excluded.touches, activities_done = excluded.activities_done,
                       meetings_held = excluded.meetings_held, date_moves = excluded.date_moves,
                       first_answer_hours = excluded.first_answer_hours
                 WHERE (facts.contacts_in, facts.contacts_out, facts.touches, facts.activities_done,
                        facts.meetings_held, facts.date_moves, facts.first_answer_hours)
                       IS DISTINCT FROM
                       (excluded.contacts_in, excluded.contacts_out, excluded.touches, excluded.activities_done,
                        excluded.meetings_held, excluded.date_moves, excluded.first_answer_hours)
                """,
                ids=ids,
                reached=self._reached_sql(log, ids),
                done=self._done_sql(log, ids),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _reached_sql(self, log, ids):
        return SQL(
            """
            WITH told AS (%(told)s),
                 firsts AS (SELECT lead_id, min(moment) AS moment FROM told WHERE is_in GROUP BY lead_id)
            SELECT told.lead_id,
                   count(*) FILTER (WHERE is_in) AS ins, count(*) FILTER (WHERE is_out) AS outs,
                   count(*) FILTER (WHERE is_touch) AS touches, min(firsts.moment) AS first_in,
                   min(told.moment) FILTER (WHERE is_out AND told.moment >= firsts.moment) AS first_answer
              FROM told LEFT JOIN firsts USING (lead_id)
             GROUP BY told.lead_id
            """,
            told=log._contacts_sql(SQL("lead_id = ANY(%s)", ids)),
        )

    @api.model
    def _done_sql(self, log, ids):
        """Calls and meetings are activities too; a closing date that came nearer is not put off."""
        return SQL(
            """
            SELECT lead_id,
                   count(*) FILTER (WHERE kind IN ('activity_done', 'call_out', 'meeting_held')) AS activities,
                   count(*) FILTER (WHERE kind = 'meeting_held') AS meetings,
                   count(*) FILTER (WHERE kind = 'closing_date_moved' AND jsonb_typeof(data->'from') = 'string'
                                    AND jsonb_typeof(data->'to') = 'string' AND data->>'to' > data->>'from') AS put_off
              FROM crm_lead_event
             WHERE lead_id = ANY(%(ids)s)
               AND kind IN ('activity_done', 'call_out', 'meeting_held', 'closing_date_moved')
             GROUP BY lead_id
            """,
            ids=ids,
        )
