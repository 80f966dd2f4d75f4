import json
from collections import namedtuple

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..event_log.arrays import Events
from ..event_log.as_of import CLOSED, FIELDS, MOVED, PLANNED, LeadState, back, open_steps

CHUNK = 20_000
START = "crm_core.event_log_start"
PAST_TOLD = "crm_core.event_log_past_told"
STEPS = (*PLANNED, *MOVED, *CLOSED)
# what Odoo itself keeps no trace of: unknown before the log began
UNTRACKED = frozenset(("closing_date", "tag_ids", "open_steps"))

Contacts = namedtuple("Contacts", "first_touch last_touch first_in last_in first_out last_out ins outs first_answer")


class CrmLeadEvent(models.Model):
    """How engines and reports read the log. All of it goes by ids and knows no access rights:
    who calls has asked for leads that its reader may see."""

    _inherit = "crm.lead.event"

    @api.model
    def _events_of(self, lead_ids, kinds=None, until=None, chunk=CHUNK):
        """Events in columns, chunk by chunk: memory does not grow with the number of leads.

        :param lead_ids: ids of leads
        :param kinds: names of kinds, default all
        :param datetime until: naive UTC, that moment itself excluded; default no limit
        :param int chunk: how many leads at a time, one query each
        :return: iterator of `Events`, one a chunk, empty ones left out
        """
        self._flush()
        kinds = list(kinds or self._event_kinds())
        for ids in split_every(chunk, sorted(lead_ids)):
            columns = self.env.execute_query(
                SQL(
                    """
                    SELECT string_agg(int8send(lead_id), ''), string_agg(int8send(kind), ''),
                           string_agg(float8send(moment), ''), string_agg(int8send(id), '')
                      FROM (SELECT event.lead_id::int8, asked.place - 1 AS kind,
                                   date_part('epoch', event.moment) AS moment, event.id::int8
                              FROM crm_lead_event event
                              JOIN unnest(%(kinds)s::varchar[]) WITH ORDINALITY AS asked(kind, place) USING (kind)
                             WHERE event.lead_id = ANY(%(ids)s::int[]) AND %(until)s
                             ORDER BY event.lead_id, event.moment, event.id) told
                    """,
                    kinds=kinds,
                    ids=f"{{{','.join(map(str, ids))}}}",
                    until=self._until(until),
                )
            )[0]
            if columns[0]:
                yield Events.unpacked(tuple(kinds), *columns)

    @api.model
    def _until(self, moment):
        return SQL("moment < %s", moment) if moment else SQL("TRUE")

    @api.model
    def _log_sources(self):
        """What earlier history is told from: name -> table. Addons add theirs and start its log."""
        tables = ("crm_lead", "mail_message", "mail_activity", "calendar_event")
        return dict(zip(tables, tables, strict=True))

    @api.model
    def _start_log(self):
        """Keep what stands when the log begins: the moment, and the highest id of each source's table.
        What was kept before stays."""
        start = {"moment": fields.Datetime.to_string(fields.Datetime.now())}
        for name, table in self._log_sources().items():
            highest = SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(table))
            start[name] = self.env.execute_query(highest)[0][0]
        self.env["ir.config_parameter"].sudo().set_param(START, json.dumps({**start, **self._log_start()}))

    @api.model
    def _log_start(self):
        return json.loads(self.env["ir.config_parameter"].sudo().get_param(START) or "{}")

    @api.model
    def _unknown_at(self, moment):
        """Names of the fields of which nothing can be known for that moment."""
        if fields.Datetime.to_string(moment) >= self._log_start().get("moment", ""):
            return frozenset()
        return UNTRACKED if self._is_past_told() else UNTRACKED | set(FIELDS.values())

    @api.model
    def _is_past_told(self):
        """Whether what happened before the log began is in it too, as far as Odoo kept it."""
        return bool(self.env["ir.config_parameter"].sudo().get_param(PAST_TOLD))

    @api.model
    def _as_of(self, leads, moment):
        """What leads were at a moment, events of that very second included.

        :param leads: crm.lead records; those created later are left out of the answer
        :param datetime moment: naive UTC
        :return: dict lead id -> LeadState. Its `unknown` names what can't be known because
            Odoo kept no trace of it before the log began, or because it was forgotten since.
        """
        self._flush()
        unknown = self._unknown_at(moment)
        leads = leads.sudo().with_context(active_test=False).filtered(lambda lead: lead.create_date <= moment)
        changes, steps = self._changes_after(leads, moment), self._steps_until(leads, moment)
        steps_unknown = self._leads_of_unknown_steps(leads, moment)
        return {
            lead.id: back(
                LeadState(
                    stage_id=lead.stage_id.id or None,
                    user_id=lead.user_id.id or None,
                    team_id=lead.team_id.id or None,
                    amount=lead.expected_revenue,
                    closing_date=lead.date_deadline.isoformat() if lead.date_deadline else None,
                    tag_ids=frozenset(lead.tag_ids.ids),
                    open_steps=open_steps(steps.get(lead.id, ())),
                    unknown=unknown | {"open_steps"} if lead.id in steps_unknown else unknown,
                ),
                changes.get(lead.id, ()),
            )
            for lead in leads
        }

    @api.model
    def _changes_after(self, leads, moment):
        """lead id -> its own later changes; what came with a merge says nothing of this lead."""
        return self._grouped(
            SQL("lead_id, kind, data"),
            SQL(
                "lead_id = ANY(%s) AND moment > %s AND kind = ANY(%s) AND origin_id IS NULL",
                leads.ids,
                moment,
                [*FIELDS, "tagged"],
            ),
        )

    @api.model
    def _steps_until(self, leads, moment):
        return self._grouped(
            SQL("lead_id, kind, model, res_id, data"),
            SQL("lead_id = ANY(%s) AND moment <= %s AND kind = ANY(%s)", leads.ids, moment, list(STEPS)),
        )

    @api.model
    def _grouped(self, columns, where):
        found = {}
        query = SQL("SELECT %s FROM crm_lead_event WHERE %s ORDER BY lead_id, moment, id", columns, where)
        for lead_id, *row in self.env.execute_query(query):
            found.setdefault(lead_id, []).append(tuple(row))
        return found

    @api.model
    def _contacts_of(self, lead_ids, until=None):
        """Who reached whom, ready-made.

        :param lead_ids: ids of leads
        :param datetime until: naive UTC, excluded; default no limit
        :return: dict lead id -> Contacts: first and last touch of the customer, first and last
            contact each way (naive UTC or None), how many each way, and `first_answer`, our
            first contact after the customer's first one. Leads without any are left out.
        """
        self._flush()
        found = {}
        for ids in split_every(CHUNK, sorted(lead_ids)):
            for lead_id, *values in self.env.execute_query(
                SQL(
                    """
                    WITH told AS (%s),
                         firsts AS (SELECT lead_id, min(moment) AS moment FROM told WHERE is_in GROUP BY lead_id)
                    SELECT told.lead_id,
                           min(told.moment) FILTER (WHERE is_touch), max(told.moment) FILTER (WHERE is_touch),
                           min(told.moment) FILTER (WHERE is_in), max(told.moment) FILTER (WHERE is_in),
                           min(told.moment) FILTER (WHERE is_out), max(told.moment) FILTER (WHERE is_out),
                           count(*) FILTER (WHERE is_in), count(*) FILTER (WHERE is_out),
                           min(told.moment) FILTER (WHERE is_out AND told.moment >= firsts.moment)
                      FROM told LEFT JOIN firsts USING (lead_id)
                     GROUP BY told.lead_id
                    """,
                    self._contacts_sql(SQL("lead_id = ANY(%s) AND %s", list(ids), self._until(until))),
                )
            ):
                found[lead_id] = Contacts(*values)
        return found

    @api.model
    def _contacts_sql(self, where):
        """Building block for reports: contacts and touches with `is_in`, `is_out`, `is_touch`."""
        ins, outs, touches = self._contact_kinds("in"), self._contact_kinds("out"), self._touch_kinds()
        return SQL(
            """
            SELECT lead_id, moment, id, kind = ANY(%(ins)s) AS is_in, kind = ANY(%(outs)s) AS is_out,
                   kind = ANY(%(touches)s) AS is_touch
              FROM crm_lead_event
             WHERE kind = ANY(%(all)s) AND %(where)s
            """,
            ins=ins,
            outs=outs,
            touches=touches,
            all=sorted({*ins, *outs, *touches}),
            where=where,
        )
