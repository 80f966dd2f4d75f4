import json
from contextlib import nullcontext
from datetime import date, datetime

from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_datetime, split_every

from ..attention.state import Facts, attention

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
    )
    attention_since = fields.Datetime(readonly=True, copy=False)
    attention_data = fields.Json(readonly=True, copy=False, help="Why: a code and its values.")
    attention_next = fields.Datetime(readonly=True, copy=False, help="When time alone changes the state.")
    attention_reason = fields.Char(compute="_compute_attention_reason")
    sleep_until = fields.Date(copy=False, tracking=True, help="Until that day the lead needs no attention.")
    sleep_reason = fields.Char(copy=False)
    slept_at = fields.Datetime(readonly=True, copy=False)

    _attention_next_idx = models.Index("(attention_next) WHERE attention_next IS NOT NULL")

    @api.depends("attention_state", "attention_data")
    @api.depends_context("lang", "tz")
    def _compute_attention_reason(self):
        for lead in self:
            lead.attention_reason = lead._attention_words() if lead.attention_state else False

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
        return _("The next step is planned for %(day)s.", day=day("due"))

    @api.readonly
    def web_read(self, specification):
        """After saving, the form shows the state that follows from what was saved."""
        if "attention_state" in specification:
            self.env["crm.lead.event"]._flush()
        return super().web_read(specification)

    # -- sleeping ------------------------------------------------------------------------------

    def action_sleep(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sleep until …"),
            "res_model": "crm.lead.sleep",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_ids": self.ids},
        }

    def action_wake(self):
        self._sleep(False, False)

    def _sleep(self, until, reason):
        self.write({"sleep_until": until, "sleep_reason": reason, "slept_at": until and fields.Datetime.now()})
        kind, data = ("sent_to_sleep", {"until": until.isoformat()}) if until else ("woken", {})
        self.env["crm.lead.event"]._record([{"lead_id": lead.id, "kind": kind, "data": data} for lead in self])

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
        self.env.flush_all()
        rules = self.env["crm.team"]._attention_rules(now)
        for ids in split_every(BATCH, sorted(lead_ids)):
            rows, all_ours = [], True
            for found in self.env.execute_query_dict(self._attention_facts_sql(list(ids))):
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
    def _attention_facts_sql(self, lead_ids):
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
                   told.last_in, told.last_out, told.waiting_since, told.steps_closed,
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
                             ORDER BY date_deadline, id LIMIT 1) step ON TRUE
             WHERE lead.id = ANY(%(ids)s)
            """,
            company=self.env.company.id,
            ins=ins,
            outs=outs,
            closing=list(CLOSING),
            all=sorted({*ins, *outs, *CLOSING}),
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
