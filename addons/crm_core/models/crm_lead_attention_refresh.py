import json
from datetime import date

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..attention.state import Facts, attention
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
            changed += self._attention_write(rows, all_ours)
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
    def _attention_write(self, rows, all_ours):
        """
        :param list rows: (lead, state, since, data, next)
        :param bool all_ours: this transaction has written these leads: nobody else can have changed them since
        :return: how many were written
        """
        if not rows:
            return 0
        if all_ours:
            self.env.cr.execute(self._attention_update_sql(rows, SQL("TRUE")))
            written = self.env.cr.rowcount
        else:
            written = self._attention_write_guarded(rows)
        self._attention_remember(rows, complete=written == len(rows))
        return written

    @api.model
    def _attention_write_guarded(self, rows):
        """Where another transaction has changed a lead meanwhile, this fails and leaves all else as it is.

        The savepoint is set by the same call that writes: that is a round trip less.
        """
        free = self._attention_free_sql([row[0] for row in rows])
        update = self._attention_update_sql(rows, free)
        try:
            self.env.cr.execute(SQL("SAVEPOINT crm_core_attention; %s", update), log_exceptions=False)
            written = self.env.cr.rowcount
        except OperationalError:
            self.env.cr.execute(SQL("ROLLBACK TO SAVEPOINT crm_core_attention"))
            raise
        self.env.cr.execute(SQL("RELEASE SAVEPOINT crm_core_attention"))
        return written

    @api.model
    def _attention_update_sql(self, rows, free):
        """
        :param SQL free: which of them may be written; the values are called `v`
        """
        ids, states, sinces, data, nexts = zip(*rows, strict=True)
        return SQL(
            """
            UPDATE crm_lead SET attention_state = v.state, attention_since = v.since,
                                attention_data = v.data::jsonb, attention_next = v.next
              FROM unnest(%(ids)s::int[], %(states)s::varchar[], %(sinces)s::timestamp[], %(data)s::text[],
                          %(nexts)s::timestamp[]) AS v(id, state, since, data, next)
             WHERE crm_lead.id = v.id AND %(free)s
            """,
            free=free,
            ids=list(ids),
            states=list(states),
            sinces=list(sinces),
            data=[value and json.dumps(value) for value in data],
            nexts=list(nexts),
        )

    @api.model
    def _attention_free_sql(self, lead_ids):
        """Rows that nobody is just writing, locked."""
        return SQL(
            "v.id IN (SELECT id FROM crm_lead WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)", lead_ids
        )

    @api.model
    def _attention_remember(self, rows, complete):
        """What SQL wrote holds in the cache as well; where it may have skipped a row, it is read again."""
        leads = self.browse(row[0] for row in rows)
        held = {lead.id for lead in leads if complete and "attention_state" in lead._cache}
        leads.invalidate_recordset([*COLUMNS, "attention_reason"], flush=False)
        for lead_id, *values in rows:
            if lead_id in held:
                self.browse(lead_id)._update_cache(dict(zip(COLUMNS, values, strict=True)), validate=False)
