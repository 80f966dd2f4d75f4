from odoo import api, models
from odoo.tools import SQL

from ..event_log.as_of import CLOSED

NAME = "crm_core_attention_facts"
ARGUMENTS = "int[], timestamp, int, varchar[], varchar[], varchar[]"
# Almost all that the query takes for one lead is understanding and planning it: a function keeps the plan.
FUNCTION = """
CREATE FUNCTION crm_core_attention_facts(
    asked int[], now_utc timestamp, current_company int, ins varchar[], outs varchar[], closing varchar[]
) RETURNS TABLE (
    id int, is_open bool, is_ours bool, created timestamp, stage_since timestamp, sleep_until date,
    slept_at timestamp, stage_days int, state varchar, since timestamp, data jsonb, next timestamp,
    response_hours float8, quiet_days int, calendar_id int, tz varchar, last_in timestamp, last_out timestamp,
    waiting_since timestamp, steps_closed timestamp, meeting_start timestamp, meeting_end timestamp,
    next_step date, step_tz varchar
) LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_generic_plan' AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT lead.id, lead.active AND lead.won_status = 'pending',
           lead.xmin = pg_current_xact_id()::xid,
           lead.create_date, lead.date_last_stage_update,
           lead.sleep_until, lead.slept_at, stage.rotting_threshold_days,
           lead.attention_state, lead.attention_since, lead.attention_data, lead.attention_next,
           team.response_hours, team.quiet_days, calendar.id, calendar.tz,
           told.last_in, told.last_out, told.waiting_since,
           GREATEST(told.steps_closed, met.ended), met.starts, met.ends,
           step.date_deadline, step.user_tz
      FROM crm_lead lead
 LEFT JOIN crm_stage stage ON stage.id = lead.stage_id
 LEFT JOIN crm_team team ON team.id = lead.team_id
 LEFT JOIN res_company company ON company.id = COALESCE(team.company_id, lead.company_id, current_company)
 LEFT JOIN resource_calendar calendar
        ON calendar.id = COALESCE(team.resource_calendar_id, company.resource_calendar_id)
 LEFT JOIN LATERAL (SELECT max(moment) FILTER (WHERE is_in) AS last_in,
                           max(moment) FILTER (WHERE is_out) AS last_out,
                           max(moment) FILTER (WHERE is_closing) AS steps_closed,
                           min(moment) FILTER (WHERE is_in AND NOT is_answered) AS waiting_since
                      FROM (SELECT event.moment, event.kind = ANY(ins) AS is_in, event.kind = ANY(outs) AS is_out,
                                   event.kind = ANY(closing) AS is_closing,
                                   bool_or(event.kind = ANY(outs))
                                   OVER (ORDER BY event.moment DESC, event.id DESC) AS is_answered
                              FROM crm_lead_event event
                             WHERE event.lead_id = lead.id AND event.kind = ANY(ins || outs || closing)) event
                   ) told ON TRUE
 LEFT JOIN LATERAL (SELECT activity.date_deadline, activity.user_tz FROM mail_activity activity
                     WHERE activity.res_model = 'crm.lead' AND activity.res_id = lead.id AND activity.active
                       AND NOT EXISTS (SELECT FROM calendar_event own
                                        WHERE own.id = activity.calendar_event_id
                                          AND own.opportunity_id = lead.id)
                     ORDER BY activity.date_deadline, activity.id LIMIT 1) step ON TRUE
 LEFT JOIN LATERAL (SELECT max(stop) FILTER (WHERE stop <= now_utc) AS ended,
                           min(stop) FILTER (WHERE stop > now_utc) AS ends,
                           (array_agg(start ORDER BY stop) FILTER (WHERE stop > now_utc))[1] AS starts
                      FROM calendar_event meeting
                     WHERE meeting.opportunity_id = lead.id AND meeting.active) met ON TRUE
     WHERE lead.id = ANY(asked);
END
$function$
"""


class CrmLead(models.Model):
    """What the attention engine has to know of leads, in one query."""

    _inherit = "crm.lead"

    def init(self):
        super().init()
        self._drop_attention_facts()
        self.env.cr.execute(SQL(FUNCTION))

    @api.model
    def _drop_attention_facts(self):
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s(%s)", SQL.identifier(NAME), SQL(ARGUMENTS)))

    @api.model
    def _attention_facts_sql(self, lead_ids, now):
        log = self.env["crm.lead.event"]
        return SQL(
            "SELECT * FROM %s(%s, %s, %s, %s::varchar[], %s::varchar[], %s::varchar[])",
            SQL.identifier(NAME),
            lead_ids,
            now,
            self.env.company.id,
            log._contact_kinds("in"),
            log._contact_kinds("out"),
            list(CLOSED),
        )
