from datetime import date, datetime

from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_datetime

ON = "crm_core.attention"
FILL_BELOW = "crm_core.attention_fill_below"
READER = "crm_core.attention"
BATCH = 5_000
SHOWN = ("attention_state", "attention_since", "attention_data", "attention_next", "attention_reason")


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
        """After saving, the form shows the state that follows from what was saved. It is read last: writing
        to the database before the rest is read would make Odoo read some of it twice. New leads are written
        first: what the form reads is then computed and written together with them."""
        log = self.env["crm.lead.event"]
        if "attention_state" not in specification or not log._is_pending():
            return super().web_read(specification)
        if not log._pending().created.keys().isdisjoint(self._ids):
            log._flush()
        if not (log._is_pending() and self._attention_is_on()):
            return super().web_read(specification)
        shown = {name: specification[name] for name in SHOWN if name in specification}
        rest = {name: asked for name, asked in specification.items() if name not in shown}
        rows = super().web_read(rest)
        log._flush()
        states = {row["id"]: row for row in super().web_read(shown)}
        return [{**row, **states[row["id"]]} for row in rows]

    # -- the state -----------------------------------------------------------------------------

    @api.model
    def _attention_is_on(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(ON))

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
