import json
from contextlib import nullcontext
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..attention.state import Facts, attention
from ..event_log.as_of import CLOSED
from .crm_lead_attention import BATCH

COLUMNS = ("attention_state", "attention_since", "attention_data", "attention_next")


class CrmLead(models.Model):
    """Brings the attention states up to date: one query reads all that many leads need, one writes."""

    _inherit = "crm.lead"

    @api.model
    def _attention_refresh(self, lead_ids):
        """Bring the state of these leads up to date; rows that somebody is just writing are skipped.

        :return: how many were changed
        """
        changed, now = 0, fields.Datetime.now()
        self.env.flush_all()
        rules = self.env["crm.team"]._attention_rules(now)
        for ids in split_every(BATCH, sorted(lead_ids)):
            rows, all_ours = [], True
            for found in self.env.execute_query_dict(self._attention_facts_sql(list(ids), now)):
                new = self._attention_of(found, rules, now)
                old = (found["state"], found["since"], found["data"], found["next"])
                if new != old:
                    rows.append((found["id"], *new))
                    all_ours = all_ours and found["is_ours"]
            # nobody else can have changed what this transaction has written: it needs no savepoint
            with nullcontext() if all_ours else self.env.cr.savepoint(flush=False):
                changed += self._attention_write(rows)
        return changed

    @api.model
    def _attention_of(self, found, rules, now):
        """The four columns of one lead, of what `_attention_facts_sql` found."""
        if not found["is_open"]:
            return (None, None, None, None)
        facts = Facts(
            created=found["created"],
            last_in=found["last_in"],
            last_out=found["last_out"],
            waiting_since=found["waiting_since"],
            next_step=found["next_step"],
            step_tz=found["step_tz"] or "",
            meeting=(found["meeting_start"], found["meeting_end"]) if found["meeting_end"] else None,
            stage_since=found["stage_since"],
            sleep_until=found["sleep_until"],
            slept_at=found["slept_at"],
            steps_closed=found["steps_closed"],
        )
        state = attention(facts, rules(found), now)
        values = [
            [name, value.isoformat() if isinstance(value, date) else value] for name, value in state.reason.values
        ]
        data = {"code": state.reason.code, "values": values}
        return (state.state, state.since.replace(microsecond=0), data, state.next_change)

    @api.model
    def _attention_facts_sql(self, lead_ids, now):
        log = self.env["crm.lead.event"]
        ins, outs = log._contact_kinds("in"), log._contact_kinds("out")
        return SQL(
            """
            SELECT lead.id, lead.active AND lead.won_status = 'pending' AS is_open,
                   lead.xmin = pg_current_xact_id()::xid AS is_ours,
                   lead.create_date AS created, lead.date_last_stage_update AS stage_since,
                   lead.sleep_until, lead.slept_at, stage.rotting_threshold_days AS stage_days,
                   lead.attention_state AS state, lead.attention_since AS since,
                   lead.attention_data AS data, lead.attention_next AS next,
                   team.response_hours, team.quiet_days, calendar.id AS calendar_id, calendar.tz,
                   told.last_in, told.last_out, told.waiting_since,
                   GREATEST(told.steps_closed, met.ended) AS steps_closed,
                   met.starts AS meeting_start, met.ends AS meeting_end,
                   step.date_deadline AS next_step, step.user_tz AS step_tz
              FROM crm_lead lead
         LEFT JOIN crm_stage stage ON stage.id = lead.stage_id
         LEFT JOIN crm_team team ON team.id = lead.team_id
         LEFT JOIN res_company company ON company.id = COALESCE(team.company_id, lead.company_id, %(company)s)
         LEFT JOIN resource_calendar calendar
                ON calendar.id = COALESCE(team.resource_calendar_id, company.resource_calendar_id)
         LEFT JOIN LATERAL (SELECT max(moment) FILTER (WHERE is_in) AS last_in,
                                   max(moment) FILTER (WHERE is_out) AS last_out,
                                   max(moment) FILTER (WHERE is_closing) AS steps_closed,
                                   min(moment) FILTER (WHERE is_in AND NOT is_answered) AS waiting_since
                              FROM (SELECT moment, kind = ANY(%(ins)s) AS is_in, kind = ANY(%(outs)s) AS is_out,
                                           kind = ANY(%(closing)s) AS is_closing,
                                           bool_or(kind = ANY(%(outs)s))
                                           OVER (ORDER BY moment DESC, id DESC) AS is_answered
                                      FROM crm_lead_event event
                                     WHERE event.lead_id = lead.id AND kind = ANY(%(all)s)) event) told ON TRUE
         LEFT JOIN LATERAL (SELECT date_deadline, user_tz FROM mail_activity activity
                             WHERE activity.res_model = 'crm.lead' AND activity.res_id = lead.id AND activity.active
                               AND NOT EXISTS (SELECT FROM calendar_event own
                                                WHERE own.id = activity.calendar_event_id
                                                  AND own.opportunity_id = lead.id)
                             ORDER BY date_deadline, id LIMIT 1) step ON TRUE
         LEFT JOIN LATERAL (SELECT max(stop) FILTER (WHERE stop <= %(now)s) AS ended,
                                   min(stop) FILTER (WHERE stop > %(now)s) AS ends,
                                   (array_agg(start ORDER BY stop) FILTER (WHERE stop > %(now)s))[1] AS starts
                              FROM calendar_event meeting
                             WHERE meeting.opportunity_id = lead.id AND meeting.active) met ON TRUE
             WHERE lead.id = ANY(%(ids)s)
            """,
            company=self.env.company.id,
            ins=ins,
            outs=outs,
            closing=list(CLOSED),
            all=sorted({*ins, *outs, *CLOSED}),
            now=now,
            ids=lead_ids,
        )

    @api.model
    def _attention_write(self, rows):
        if not rows:
            return 0
        ids, states, sinces, data, nexts = zip(*rows, strict=True)
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead SET attention_state = v.state, attention_since = v.since,
                                    attention_data = v.data::jsonb, attention_next = v.next
                  FROM (SELECT id FROM crm_lead WHERE id = ANY(%(ids)s)
                         ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) free
                  JOIN unnest(%(ids)s::int[], %(states)s::varchar[], %(sinces)s::timestamp[], %(data)s::text[],
                              %(nexts)s::timestamp[]) AS v(id, state, since, data, next) ON v.id = free.id
                 WHERE crm_lead.id = free.id
                """,
                ids=list(ids),
                states=list(states),
                sinces=list(sinces),
                data=[value and json.dumps(value) for value in data],
                nexts=list(nexts),
            ),
            log_exceptions=False,
        )
        written = self.env.cr.rowcount
        self._attention_remember(rows, complete=written == len(rows))
        return written

    @api.model
    def _attention_remember(self, rows, complete):
        """What SQL wrote holds in the cache as well; where it may have skipped a row, it is read again."""
        leads = self.browse(row[0] for row in rows)
        held = {lead.id for lead in leads if complete and "attention_state" in lead._cache}
        leads.invalidate_recordset([*COLUMNS, "attention_reason"], flush=False)
        for lead_id, *values in rows:
            if lead_id in held:
                self.browse(lead_id)._update_cache(dict(zip(COLUMNS, values, strict=True)), validate=False)
