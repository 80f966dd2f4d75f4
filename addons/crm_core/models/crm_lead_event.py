import json
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.tools import SQL

from ..event_log.changes import beginning, changes
from ..event_log.pending import Pending

OUTCOME = ("type", "probability", "automated_probability", "won_status", "lost_reason_id")
PENDING = "crm_core.event_log"
PAUSED = "crm_core.event_log_paused"
ROW = {
    "lead_id": "int",
    "kind": "varchar",
    "moment": "timestamp",
    "actor_id": "int",
    "uid": "int",
    "direction": "varchar",
    "model": "varchar",
    "res_id": "int",
    "data": "text",
    "inferred": "boolean",
    "origin_id": "int",
}
FEW = 8  # so many rows are written as a list of values, which is understood sooner than arrays
ONE_ROW = ", ".join("%s::" + sql_type for sql_type in ROW.values()).join(("(", ", %s)"))


class CrmLeadEvent(models.Model):
    """What happened to leads, in order: written by hooks, read by everything else.

    Rows are only ever added, by SQL, at the end of the transaction that caused them. Merging
    points them to the lead that stays (`origin_id` keeps where they came from), retention and
    erasure delete or blank; nothing else changes them.
    """

    _name = "crm.lead.event"
    _description = "Lead Event"
    _log_access = False
    _order = "moment, id"
    _rec_name = "kind"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", readonly=True)
    kind = fields.Selection(selection="_selection_kind", required=True, readonly=True)
    moment = fields.Datetime("Happened", required=True, readonly=True)
    recorded = fields.Datetime("Learned", required=True, readonly=True)
    actor_id = fields.Many2oneReference("Actor", model_field="actor_model", readonly=True)
    actor_model = fields.Char(compute="_compute_actor_model")
    direction = fields.Selection([("in", "From the Customer"), ("out", "To the Customer")], readonly=True)
    model = fields.Char("Source", readonly=True)
    res_id = fields.Many2oneReference("Source Record", model_field="model", readonly=True)
    data = fields.Json(readonly=True)
    company_id = fields.Integer("Company", readonly=True)
    origin_id = fields.Integer("Merged From", readonly=True)
    inferred = fields.Boolean(readonly=True, help="Told from traces that do not say everything.")

    _lead_moment_idx = models.Index("(lead_id, moment)")
    _moment_idx = models.Index("USING brin (moment)")

    def init(self):
        """The transaction that wrote a row, for those who read along (too big for an Odoo integer)."""
        super().init()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE crm_lead_event ADD COLUMN IF NOT EXISTS"
                " xact bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)"
            )
        )
        self.env.cr.execute(
            SQL("CREATE INDEX IF NOT EXISTS crm_lead_event__xact_idx ON crm_lead_event USING brin (xact)")
        )

    def _compute_actor_model(self):
        self.actor_model = "res.partner"

    # -- writing -------------------------------------------------------------------------------

    @api.model
    def _pending(self):
        """What this transaction has to tell; told when it commits or when somebody reads."""
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            paused = self.env["ir.config_parameter"].sudo().get_param(PAUSED)
            precommit.data[PENDING] = Pending(is_on=not paused, before_log=self._log_start().get("crm_lead", 0))
            precommit.add(self.sudo()._flush_pending)
        return precommit.data[PENDING]

    @api.model
    def _record(self, rows):
        """Keep events that are no change of a lead's fields.

        :param list rows: dicts with `lead_id` and `kind`, and where known `moment` (naive UTC,
            default now), `actor_id` (partner, default that of the acting user), `direction`, `model` and
            `res_id` of the source, `data`
        """
        if not rows:
            return
        pending = self._pending()
        if not pending.is_on:
            return
        now, kinds = fields.Datetime.now(), self._event_kinds()
        for row in rows:
            if extra := set(row.get("data") or ()) - set(kinds[row["kind"]].data):
                raise ValueError(f"{row['kind']} has no data called {', '.join(sorted(extra))}")
            who = {} if "actor_id" in row else {"uid": self.env.uid}
            pending.rows.append({"moment": now, **who, **row})

    @api.model
    def _record_later(self, model, known):
        """Keep what `model._event_rows(known)` makes events of when the transaction ends: where
        records come one by one, they are read at once."""
        pending = self._pending()
        if pending.is_on:
            pending.later.setdefault(model, []).extend(known)

    @api.model
    def _touch(self, lead_ids):
        """Nothing is told of these leads, but something that projections go by has changed."""
        pending = self._pending()
        if pending.is_on:
            pending.touched.update(lead_ids)

    @api.model
    def _is_pending(self):
        """Whether this transaction has something to tell that is not yet in the log."""
        return bool(self.env.cr.precommit.data.get(PENDING))

    @api.model
    def _flush(self):
        """Bring the log up to date within this transaction; readers call it first."""
        if self._is_pending():
            self.env.flush_all()
            self.sudo()._flush_pending()

    @api.model
    def _flush_pending(self):
        precommit = self.env.cr.precommit
        if not precommit.data.get(PENDING):
            precommit.data.pop(PENDING, None)
            return
        self._point_to_heads()
        caused = self._caused_rows()
        pending = precommit.data.pop(PENDING)
        rows = self._change_rows(pending, pending.before) + caused + pending.rows
        self._insert(rows)
        if changed := pending.touched.union(row["lead_id"] for row in rows):
            self._after_insert(changed)

    @api.model
    def _change_rows(self, pending, lead_ids):
        """The events that changes of these leads are; a lead that is gone has none."""
        leads, rows = self.env["crm.lead"].with_context(active_test=False).browse(lead_ids), []
        for lead in leads:
            with suppress(MissingError):
                rows += self._change_rows_of(pending, lead)
        return rows

    @api.model
    def _change_rows_of(self, pending, lead):
        before, uid = pending.before[lead.id], pending.users[lead.id]
        if before is None:
            moment, after = lead.create_date, {name: lead._event_value(name) for name in OUTCOME}
            told = [(pending.created[lead.id], lead._event_beginning()), *beginning(after)]
        else:
            after = {name: lead._event_value(name) for name in {*OUTCOME, *before}}
            moment, told = fields.Datetime.now(), changes(before, after)
        return [{"lead_id": lead.id, "kind": kind, "moment": moment, "uid": uid, "data": data} for kind, data in told]

    @api.model
    def _caused_rows(self):
        """The events that pending messages and what was left for later are."""
        pending = self._pending()
        messages, pending.messages = pending.messages, []
        later, pending.later = pending.later, {}
        for model, known in later.items():
            self._record(self.env[model]._event_rows(known))
        return self.env["mail.message"]._event_rows(messages)

    @api.model
    def _insert(self, rows):
        """Append events, in their order, in one statement; leads that are gone are left out.

        :param list rows: dicts with `lead_id`, `kind`, `moment`, and where known the other columns of ROW;
            `uid` stands for the partner of that user, which SQL finds without loading the user
        """
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, actor_id, direction,
                                            model, res_id, data, inferred, origin_id, company_id)
                SELECT v.lead_id, v.kind, date_trunc('second', v.moment), %(now)s,
                       COALESCE(v.actor_id, (SELECT partner_id FROM res_users WHERE id = v.uid)), v.direction,
                       v.model, v.res_id, v.data::jsonb, v.inferred, v.origin_id, lead.company_id
                  FROM %(values)s AS v(%(names)s, n)
                  JOIN crm_lead lead ON lead.id = v.lead_id
                 ORDER BY v.n
                """,
                now=fields.Datetime.now(),
                values=self._rows_sql(rows),
                names=SQL(", ").join(map(SQL.identifier, ROW)),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _rows_sql(self, rows):
        """These rows, numbered, as something to select from."""
        values = [[row.get(name) or None for name in ROW] for row in rows]
        place = list(ROW).index("data")
        for row in values:
            row[place] = row[place] and json.dumps(row[place])
        if len(rows) <= FEW:
            return SQL("(VALUES %s)", SQL(", ").join(SQL(ONE_ROW, *row, n) for n, row in enumerate(values)))
        columns = zip(ROW.values(), zip(*values, strict=True), strict=True)
        arrays = SQL(", ").join(SQL("%s::%s[]", list(column), SQL(sql_type)) for sql_type, column in columns)
        return SQL("unnest(%s) WITH ORDINALITY", arrays)

    @api.model
    def _after_insert(self, lead_ids):
        """Where projections hook in that have to be right at once: of these leads something was told,
        or changed that they go by."""

    # -- append-only ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        raise self._append_only()

    def write(self, vals):
        raise self._append_only()

    def unlink(self):
        raise self._append_only()

    def _append_only(self):
        return AccessError(self.env._("The log of leads is written by Odoo itself; nobody can change it."))

    @api.model
    def _forget_kinds(self, names):
        """An addon goes, and with it the events of its kinds: nothing could read them any more."""
        self._flush()
        self.env.cr.execute(SQL("DELETE FROM crm_lead_event WHERE kind = ANY(%s)", list(names)))
        self.invalidate_model()
