from odoo import api, fields, models
from odoo.tools import SQL

from .crm_lead_event_reader import PAST_TOLD

BATCH = 1_000
STOP = "crm_core.event_log_past_stop"


class CrmLeadEventPast(models.Model):
    """How far the history from before the log has been told: one row for each table gone through.

    Newest records first, a range of ids a transaction, the row put behind it in the same one: what
    is killed is done again from there.
    """

    _name = "crm.lead.event.past"
    _description = "How Far Earlier History Is Told"
    _log_access = False
    _order = "id"

    name = fields.Char(required=True)
    top = fields.Integer(help="It began below this id …")
    below = fields.Integer(help="… and has come down to this one.")
    events = fields.Integer()

    _name_uniq = models.UniqueIndex("(name)")

    @api.model
    def _start(self):
        """Begin, or go on where it was stopped; once finished, begin anew: what is told already is not told again."""
        log = self.env["crm.lead.event"].sudo()
        log._start_log()
        passes = self.sudo().search([])
        if all(row.below <= 1 for row in passes):
            passes.unlink()
            for name in log._past_passes():
                highest = SQL("SELECT COALESCE(max(id), 0) + 1 FROM %s", SQL.identifier(name))
                top = self.env.execute_query(highest)[0][0]
                passes.create({"name": name, "top": top, "below": top})
        self.env["ir.config_parameter"].sudo().set_param(STOP, False)
        cron = self.env.ref("crm_core.ir_cron_event_past").sudo()
        if not cron.active:
            cron.active = True
        cron._trigger()

    @api.model
    def _stop(self):
        self.env["ir.config_parameter"].sudo().set_param(STOP, True)

    @api.model
    def _is_stopped(self):
        """Asked of the database: the job would not notice that the parameters in memory are old."""
        return bool(self.env["ir.config_parameter"].sudo().search_count([("key", "=", STOP)]))

    @api.model
    def _how_far(self):
        """State (`running`, `stopped`, `told` or False), per cent of ids gone through, events told."""
        rows = self.sudo().search([])
        total = sum(rows.mapped("top"))
        progress = 100 * sum(row.top - row.below for row in rows) / total if total else 0
        if rows and all(row.below <= 1 for row in rows):
            return "told", 100, sum(rows.mapped("events"))
        state = bool(rows) and ("stopped" if self._is_stopped() else "running")
        return state, progress, sum(rows.mapped("events"))

    @api.model
    def _cron_tell(self):
        commit = self.env["ir.cron"]._commit_progress
        while not self._is_stopped():
            done, left = self._tell_batch()
            if not done or not commit(done, remaining=left, deactivate=not left):
                return

    @api.model
    def _tell_batch(self):
        """Tell the next range of ids.

        :return: how many ids that were (0: all is told), and how many are left
        """
        row = self.search([("below", ">", 1)], limit=1)
        if not row:
            return 0, 0
        below, lowest = row.below, max(row.below - BATCH, 1)
        events = self.env["crm.lead.event"]._tell_past(row.name, lowest, below)
        row.write({"below": lowest, "events": row.events + events})
        left = sum(row.below - 1 for row in self.search([]))
        if not left:
            self._finish()
        return below - lowest, left

    @api.model
    def _finish(self):
        self.env["ir.config_parameter"].sudo().set_param(PAST_TOLD, fields.Datetime.to_string(fields.Datetime.now()))
        if self.env["crm.lead"]._attention_is_on():
            self.env.ref("crm_core.ir_cron_attention").sudo()._trigger()

    @api.model
    def _tell_before_merge(self, tails):
        """While it is being told: once their messages are another lead's, nobody could tell these leads'
        changes from its own."""
        log = self.env["crm.lead.event"].sudo()
        pending = log._pending()
        older = [lead_id for lead_id in tails._ids if lead_id <= pending.before_log]
        if not older:
            return
        if pending.past_below is None:
            pending.past_below = self.sudo().search([("name", "=", "crm_lead")]).below
        untold = [lead_id for lead_id in older if lead_id < pending.past_below]
        if untold:
            log._flush()
        for lead_id in untold:
            log._tell_past("crm_lead", lead_id, lead_id + 1)
