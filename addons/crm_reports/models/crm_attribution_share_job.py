import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .crm_attribution_share import ON

_logger = logging.getLogger(__name__)

READER = "crm_reports.attribution"
WRITTEN = "crm_reports.attribution_written"  # leads written up to this moment were looked at
BELOW = "crm_reports.attribution_below"  # switching on: leads from this id up are done
BATCH = 2_000
OVERLAP = 15  # minutes: a transaction that was long under way wrote an earlier moment than it became visible
RETOLD = frozenset(
    ("won", "reopened", "lost", "merged", "converted", "amount_changed", "owner_changed", "team_changed")
)


class CrmAttributionShare(models.Model):
    """Keeps the rows up to date by what changes, and goes over all won leads when it is switched on."""

    _inherit = "crm.attribution.share"

    @api.model
    def _attribution_start(self):
        """Let the job go over all won leads, the newest first, and follow the log from here."""
        parameters = self.env["ir.config_parameter"].sudo()
        self.env["crm.lead.event.mark"].sudo()._begin_here(READER)
        parameters.set_param(WRITTEN, fields.Datetime.to_string(fields.Datetime.now()))
        self.env.cr.execute(SQL("SELECT COALESCE(max(id), 0) + 1 FROM crm_lead"))
        parameters.set_param(BELOW, self.env.cr.fetchone()[0])
        cron = self._attribution_cron()
        if not cron.active:
            cron.active = True
        cron._trigger()

    @api.model
    def _attribution_stop(self):
        """A job that is under way notices before its next batch, and switches itself off."""
        cron = self._attribution_cron()
        if cron.try_lock_for_update(allow_referencing=True):
            cron.active = False

    @api.model
    def _attribution_cron(self):
        return self.env.ref("crm_reports.ir_cron_attribution").sudo()

    @api.model
    def _attribution_to_do(self):
        """How many won leads are still to be gone over since it was switched on."""
        below = int(self.env["ir.config_parameter"].sudo().get_param(BELOW, 0))
        self.env.cr.execute(SQL("SELECT count(*) FROM crm_lead WHERE id < %s AND won_status = 'won'", below))
        return self.env.cr.fetchone()[0]

    @api.model
    def _cron_share_out(self):
        for walk in self._attribution_walks():
            if self._is_switched_off():
                self.env["ir.cron"]._commit_progress(deactivate=True)
                return
            if not walk():
                return

    @api.model
    def _attribution_walks(self):
        """What the job goes over, one after the other; each says whether there is time for the next."""
        return [self._walk_told, self._walk_written, self._walk_all]

    @api.model
    def _is_switched_off(self):
        """Asked of the database: the job would not notice that the parameters in memory are old."""
        return not self.env["ir.config_parameter"].sudo().search_count([("key", "=", ON), ("value", "=", "True")])

    @api.model
    def _go_on(self, done, remaining):
        """Commit; whether there is time left and it is still switched on."""
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining) > 0 and not self._is_switched_off()

    @api.model
    def _share_batch(self, lead_ids):
        """A batch that fails is done lead by lead: the one that can't be done is left as it was and logged."""
        try:
            with self.env.cr.savepoint():
                self._share_out(lead_ids)
        except OperationalError:  # written meanwhile by another transaction: all of it again, later
            raise
        except Exception:
            if len(lead_ids) == 1:
                _logger.exception("Lead %s could not be shared out among its touches", lead_ids[0])
                return
            for lead_id in lead_ids:
                self._share_batch([lead_id])

    @api.model
    def _walk_told(self):
        more, retold = True, RETOLD.union(self.env["crm.lead.event"]._touch_kinds())
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(READER)
            lead_ids = self._concerned({lead_id for lead_id, kind in told if kind in retold})
            for batch in split_every(BATCH, lead_ids, list):
                self._share_batch(batch)
            if not self._go_on(len(lead_ids), int(more)):
                return False
        return True

    @api.model
    def _concerned(self, lead_ids):
        """Those of these leads that are won or were when they were last looked at."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_lead lead WHERE id = ANY(%s)
                   AND (won_status = 'won' OR EXISTS (SELECT FROM crm_attribution_share WHERE lead_id = lead.id))
                 ORDER BY id
                """,
                list(lead_ids),
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _walk_written(self):
        """Won leads that were written: where they came from, their dates and companies are no events."""
        parameters, reached = self.env["ir.config_parameter"].sudo(), fields.Datetime.now()
        since = fields.Datetime.to_datetime(parameters.get_param(WRITTEN)) or reached
        place = (fields.Datetime.subtract(since, minutes=OVERLAP), 0)
        while rows := self._written_after(*place):
            self._share_batch([lead_id for _moment, lead_id in rows])
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
                "SELECT write_date, id FROM crm_lead WHERE won_status = 'won' AND (write_date, id) > (%s, %s)"
                " ORDER BY write_date, id LIMIT %s",
                moment,
                lead_id,
                BATCH,
            )
        )

    @api.model
    def _walk_all(self):
        """All won leads, the newest first; does nothing unless it was switched on or the half-life changed."""
        parameters = self.env["ir.config_parameter"].sudo()
        while (below := int(parameters.get_param(BELOW, 0))) > 1:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM crm_lead WHERE id < %s AND won_status = 'won' ORDER BY id DESC LIMIT %s",
                    below,
                    BATCH,
                )
            )
            lowest = rows[-1][0] if len(rows) == BATCH else 1
            # rows that were kept while it was switched off, of leads that are no longer won
            self.env.cr.execute(
                SQL("DELETE FROM crm_attribution_share WHERE lead_id >= %s AND lead_id < %s", lowest, below)
            )
            self._share_batch([row[0] for row in rows])
            parameters.set_param(BELOW, lowest)
            if not self._go_on(len(rows), lowest - 1):
                return False
        return True
