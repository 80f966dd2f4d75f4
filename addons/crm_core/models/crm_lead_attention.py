import json
from datetime import date, datetime

from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_datetime, split_every

from ..attention.state import Facts, Rules, attention

ON = "crm_core.attention"
FILL_BELOW = "crm_core.attention_fill_below"
READER = "crm_core.attention"
BATCH = 5_000
CLOSING = ("activity_done", "call_out", "meeting_held", "activity_cancelled", "meeting_cancelled")
COLUMNS = ("attention_state", "attention_since", "attention_data", "attention_next")


class CrmLead(models.Model):
    """In which state of attention an open lead is: one definition for every list, board and alarm.

    Plain columns, written by SQL: neither `write_date` nor automation rules take it for work.
    They are right at once after an event; a job follows what only time changes.
    """

    _inherit = "crm.lead"

    attention_state = fields.Selection(
        [
            ("waiting_for_us", "Customer Is Waiting"),
            ("overdue", "Step Overdue"),
            ("no_next_step", "No Next Step"),
            ("stalled", "Stalled"),
            ("sleeping", "Sleeping"),
            ("on_track", "On Track"),
        ],
        string="Attention",
        readonly=True,
        copy=False,
        group_expand="_group_expand_attention",
    )
    attention_since = fields.Datetime(readonly=True, copy=False)
    attention_data = fields.Json(readonly=True, copy=False, help="Why: a code and its values.")
    attention_next = fields.Datetime(readonly=True, copy=False, help="When time alone changes the state.")
    attention_reason = fields.Char(compute="_compute_attention_reason")

    _attention_next_idx = models.Index("(attention_next) WHERE attention_next IS NOT NULL")

    @api.model
    def _group_expand_attention(self, states, domain):
        """The states that there are, the most urgent first."""
        return [state for state, _label in self._fields["attention_state"].selection if state in states]

    @api.depends("attention_state", "attention_data")
    @api.depends_context("lang", "tz")
    def _compute_attention_reason(self):
        for lead in self:
            lead.attention_reason = lead._attention_words() if lead.attention_data else False

    def _attention_words(self):
        code, values = self.attention_data["code"], dict(self.attention_data["values"])

        def day(name):
            value = values[name]
            return (
                format_datetime(self.env, datetime.fromisoformat(value), dt_format="short")
                if "T" in value
                else format_date(self.env, date.fromisoformat(value))
            )

        _ = self.env._
        if code == "unanswered":
            return _("The customer wrote on %(day)s and nobody has answered yet.", day=day("waiting_since"))
        if code == "asleep":
            return _("Asleep until %(day)s.", day=day("until"))
        if code == "step_late":
            return _("The next step was due on %(day)s.", day=day("due"))
        if code == "steps_closed":
            return _("The last step was finished on %(day)s; no other is planned.", day=day("closed"))
        if code == "never_planned":
            return _("No step was ever planned.")
        if code == "quiet":
            return _(
                "Nothing was heard or moved since %(day)s; %(days)s days are allowed.",
                day=day("last_sign"),
                days=values["days"],
            )
        if code == "meeting_planned":
            return _("The next meeting is on %(day)s.", day=day("start"))
        return _("The next step is planned for %(day)s.", day=day("due"))

    @api.readonly
    def web_read(self, specification):
        """After saving, the form shows the state that follows from what was saved."""
        if "attention_state" in specification:
            self.env["crm.lead.event"]._flush()
        return super().web_read(specification)

    # -- the state -----------------------------------------------------------------------------

    @api.model
    def _attention_is_on(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(ON))

    @api.model
    def _attention_refresh(self, lead_ids):
        """Bring the state of these leads up to date; rows that somebody is just writing are skipped.

        :return: how many were changed
        """
        changed, now = 0, fields.Datetime.now()
        self.flush_model()
        self.env["mail.activity"].flush_model()
        self.env["calendar.event"].flush_model()
        rules = self.env["crm.team"]._attention_rules(now)
        for ids in split_every(BATCH, sorted(lead_ids)):
            rows = []
            for found in self.env.execute_query_dict(self._attention_facts_sql(list(ids))):
                new = self._attention_of(found, rules, now)
                old = (found["state"], found["since"], found["data"], found["next"])
                if new != old:
                    rows.append((found["id"], *new))
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
        team = rules(found["team_id"], found["company_id"])
        allowed = Rules(team.response_minutes, found["stage_days"] or team.quiet_days, team.tz, team.working)
        state = attention(facts, allowed, now)
        values = [
            [name, value.isoformat() if isinstance(value, date) else value] for name, value in state.reason.values
        ]
        data = {"code": state.reason.code, "values": values}
        return (state.state, state.since.replace(microsecond=0), data, state.next_change)

    @api.model
    def _attention_facts_sql(self, lead_ids):
        log = self.env["crm.lead.event"]
        return SQL(
            """
            SELECT lead.id, lead.team_id, lead.company_id, lead.active AND lead.won_status = 'pending' AS is_open,
                   lead.create_date AS created, lead.date_last_stage_update AS stage_since,
                   lead.sleep_until, lead.slept_at, stage.rotting_threshold_days AS stage_days,
                   lead.attention_state AS state, lead.attention_since AS since,
                   lead.attention_data AS data, lead.attention_next AS next,
                   went.moment AS last_out, came.last_in, came.waiting_since,
                   GREATEST(closed.moment, met.ended) AS steps_closed, met.starts AS meeting_start,
                   met.ends AS meeting_end, step.date_deadline AS next_step, step.user_tz AS step_tz
              FROM crm_lead lead
         LEFT JOIN crm_stage stage ON stage.id = lead.stage_id
         LEFT JOIN LATERAL (SELECT moment, id FROM crm_lead_event event
                             WHERE event.lead_id = lead.id AND kind = ANY(%(outs)s)
                             ORDER BY moment DESC, id DESC LIMIT 1) went ON TRUE
         LEFT JOIN LATERAL (SELECT max(moment) AS last_in,
                                   min(moment) FILTER (WHERE went.id IS NULL
                                                          OR (moment, id) > (went.moment, went.id)) AS waiting_since
                              FROM crm_lead_event event
                             WHERE event.lead_id = lead.id AND kind = ANY(%(ins)s)) came ON TRUE
         LEFT JOIN LATERAL (SELECT max(moment) AS moment FROM crm_lead_event event
                             WHERE event.lead_id = lead.id AND kind = ANY(%(closing)s)) closed ON TRUE
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
            outs=log._contact_kinds("out"),
            ins=log._contact_kinds("in"),
            closing=list(CLOSING),
            now=fields.Datetime.now(),
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
        self.browse(ids).invalidate_recordset([*COLUMNS, "attention_reason"], flush=False)
        return self.env.cr.rowcount

    # -- the job -------------------------------------------------------------------------------

    @api.model
    def _attention_start(self):
        """Let the job go over all leads: it was switched on, or what a team asks for has changed."""
        self.env.cr.execute(SQL("SELECT max(id) FROM crm_lead"))
        highest = self.env.cr.fetchone()[0] or 0
        self.env["ir.config_parameter"].sudo().set_param(FILL_BELOW, highest + 1)
        cron = self.env.ref("crm_core.ir_cron_attention").sudo()
        cron.active = True
        cron._trigger()

    @api.model
    def _cron_attention(self):
        """Newest leads first where all have to be done, then what happened, then what time changes."""
        if not self._attention_is_on():
            return
        commit = self.env["ir.cron"]._commit_progress
        parameters = self.env["ir.config_parameter"].sudo()
        while (below := int(parameters.get_param(FILL_BELOW, 0))) > 1:
            lowest = max(below - BATCH, 1)
            domain = [("id", ">=", lowest), ("id", "<", below)]
            done = self._attention_refresh(self.with_context(active_test=False).search(domain).ids)
            parameters.set_param(FILL_BELOW, lowest)
            if not commit(done, remaining=lowest - 1):
                return
        more = True
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(READER)
            if not commit(self._attention_refresh({lead_id for lead_id, _kind in told}), remaining=int(more)):
                return
        while due := self._attention_due():
            before = len(due)
            done = self._attention_refresh(due)
            if not commit(done, remaining=int(before == BATCH)) or done < before:
                return

    @api.model
    def _attention_due(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_lead WHERE attention_next <= %s ORDER BY attention_next LIMIT %s",
                fields.Datetime.now(),
                BATCH,
            )
        )
        return [row[0] for row in rows]
