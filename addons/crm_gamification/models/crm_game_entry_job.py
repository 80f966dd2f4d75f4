import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_game_entry import LEDGER

_logger = logging.getLogger(__name__)

READER = "crm_gamification.ledger"
WRITTEN = "crm_gamification.ledger_written"  # leads written up to this moment were looked at
BELOW = "crm_gamification.ledger_below"  # leads from this id up are counted since it was switched on
BATCH = 2_000
OVERLAP = 15  # minutes: a transaction that was long under way wrote an earlier moment than it became visible


class CrmGameEntry(models.Model):
    """Counts the past when the ledger is switched on, and each night what no event has told."""

    _inherit = "crm.game.entry"

    @api.model
    def _start(self):
        """Let the job go over all leads, the newest first."""
        parameters = self.env["ir.config_parameter"].sudo()
        self.env["crm.lead.event.mark"].sudo()._begin_here(READER)
        parameters.set_param(WRITTEN, fields.Datetime.to_string(fields.Datetime.now()))
        self.env.cr.execute("SELECT COALESCE(max(id), 0) + 1 FROM crm_lead")
        parameters.set_param(BELOW, self.env.cr.fetchone()[0])
        cron = self.env.ref("crm_gamification.ir_cron_ledger").sudo()
        if not cron.active:
            cron.active = True
        cron._trigger()

    @api.model
    def _stop(self):
        """A job that is under way notices before its next batch."""
        cron = self.env.ref("crm_gamification.ir_cron_ledger").sudo()
        if cron.try_lock_for_update(allow_referencing=True):
            cron.active = False

    @api.model
    def _get_to_do(self):
        """How many leads are still to be counted since it was switched on."""
        below = int(self.env["ir.config_parameter"].sudo().get_param(BELOW, 0))
        if below <= 1:
            return 0
        return self.env.execute_query(SQL("SELECT count(*) FROM crm_lead WHERE id < %s", below))[0][0]

    @api.model
    def _cron_ledger(self):
        for walk in (self._walk_all, self._walk_told, self._walk_written):
            if self._is_switched_off() or not walk():
                return

    @api.model
    def _is_switched_off(self):
        """Asked of the database: the job would not notice that the parameters in memory are old."""
        return not self.env["ir.config_parameter"].sudo().search_count([("key", "=", LEDGER), ("value", "=", "True")])

    @api.model
    def _go_on(self, done, remaining):
        """Commit; whether there is time left and it is still switched on."""
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining) > 0 and not self._is_switched_off()

    @api.model
    def _count_batch(self, lead_ids):
        """A batch that fails is halved: the lead that can't be counted is left as it was and logged."""
        try:
            with self.env.cr.savepoint():
                self._count(lead_ids)
        except OperationalError:  # written meanwhile by another transaction: all of it again, later
            raise
        except Exception:
            if len(lead_ids) == 1:
                _logger.exception("Lead %s could not be counted in the ledger", lead_ids[0])
                return
            half = len(lead_ids) // 2
            self._count_batch(lead_ids[:half])
            self._count_batch(lead_ids[half:])

    @api.model
    def _walk_all(self):
        """All leads, the newest first; does nothing unless it was switched on or a guard has changed."""
        parameters = self.env["ir.config_parameter"].sudo()
        while (below := int(parameters.get_param(BELOW, 0))) > 1:
            rows = self.env.execute_query(
                SQL("SELECT id FROM crm_lead WHERE id < %s ORDER BY id DESC LIMIT %s", below, BATCH)
            )
            lowest = rows[-1][0] if len(rows) == BATCH else 1
            if rows:
                self._count_batch([row[0] for row in rows])
            parameters.set_param(BELOW, lowest)
            if not self._go_on(len(rows), lowest - 1):
                return False
        return True

    @api.model
    def _walk_told(self):
        """What was told without being counted at once: history from before the log began."""
        more, kinds = True, self._ledger_kinds()
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(READER)
            concerned = sorted({lead_id for lead_id, kind in told if kind in kinds})
            for place in range(0, len(concerned), BATCH):
                self._count_batch(concerned[place : place + BATCH])
            if not self._go_on(len(told), int(more)):
                return False
        return True

    @api.model
    def _walk_written(self):
        """Leads that were written: their customers, amounts and companies may have changed without an event."""
        parameters, reached = self.env["ir.config_parameter"].sudo(), fields.Datetime.now()
        since = fields.Datetime.to_datetime(parameters.get_param(WRITTEN)) or reached
        place = (fields.Datetime.subtract(since, minutes=OVERLAP), 0)
        while rows := self._written_after(*place):
            self._count_batch([lead_id for _moment, lead_id in rows])
            place = rows[-1]
            stopped_at = fields.Datetime.add(place[0], minutes=OVERLAP)  # taken off again by who goes on
            parameters.set_param(WRITTEN, fields.Datetime.to_string(stopped_at))
            if not self._go_on(len(rows), 1):
                return False
        parameters.set_param(WRITTEN, fields.Datetime.to_string(reached))
        return self._go_on(0, 0)

    @api.model
    def _written_after(self, moment, lead_id):
        return self.env.execute_query(
            SQL(
                "SELECT write_date, id FROM crm_lead WHERE (write_date, id) > (%s, %s)"
                " ORDER BY write_date, id LIMIT %s",
                moment,
                lead_id,
                BATCH,
            )
        )
