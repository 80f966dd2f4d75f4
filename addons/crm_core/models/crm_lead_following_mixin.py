import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

OVERLAP = 15  # minutes: a transaction that was long under way wrote an earlier moment than it became visible


class CrmLeadFollowingMixin(models.AbstractModel):
    """Rows counted from leads and kept up to date by a job: it goes on from where it stopped in the log, looks at
    leads that were written without an event, and when switched on goes over all leads once, the newest first.

    Who inherits it says how a batch is counted. How far the job is stands in the parameters `…_written` (leads written
    up to this moment were looked at) and `…_below` (leads from this id up are counted since it was switched on).
    """

    _name = "crm.lead.following.mixin"
    _description = "Rows That Follow Leads"

    _following = ""  # the parameter that switches it on; its reader in the log has the same name
    _following_cron = ""  # external id
    _following_batch = 2_000

    # -- what differs --------------------------------------------------------------------------

    @api.model
    def _follow_batch(self, lead_ids):
        """Count these leads anew."""
        raise NotImplementedError

    @api.model
    def _follow_where(self):
        """Which leads are counted at all, as a condition on `crm_lead`."""
        return SQL("TRUE")

    @api.model
    def _follow_concerned(self, told):
        """Ids of the leads to count anew, sorted.

        :param told: [(lead id, kind)] from the log
        """
        return sorted({lead_id for lead_id, _kind in told})

    @api.model
    def _follow_forget(self, lowest, below):
        """What to do about leads from one id up to below another before they are counted from scratch."""

    @api.model
    def _follow_walks(self):
        """What the job goes over, one after the other; each says whether there is time for the next."""
        return [self._walk_told, self._walk_written, self._walk_all]

    # -- the switch ----------------------------------------------------------------------------

    @api.model
    def _follow_start(self):
        """Let the job go over all leads, and follow the log from here."""
        self.env["crm.lead.event.mark"].sudo()._begin_here(self._following)
        self._set_far("written", fields.Datetime.to_string(fields.Datetime.now()))
        self.env.cr.execute("SELECT COALESCE(max(id), 0) + 1 FROM crm_lead")
        self._set_far("below", self.env.cr.fetchone()[0])
        cron = self.env.ref(self._following_cron).sudo()
        if not cron.active:
            cron.active = True
        cron._trigger()

    @api.model
    def _follow_stop(self):
        """A job that is under way notices before its next batch, and switches itself off."""
        cron = self.env.ref(self._following_cron).sudo()
        if cron.try_lock_for_update(allow_referencing=True):
            cron.active = False

    @api.model
    def _follow_to_do(self):
        """How many leads are still to be gone over since it was switched on."""
        below = self._get_below()
        if below <= 1:
            return 0
        where = self._follow_where()
        return self.env.execute_query(SQL("SELECT count(*) FROM crm_lead WHERE id < %s AND %s", below, where))[0][0]

    @api.model
    def _get_below(self):
        return int(self.env["ir.config_parameter"].sudo().get_param(f"{self._following}_below", 0))

    @api.model
    def _set_far(self, name, value):
        self.env["ir.config_parameter"].sudo().set_param(f"{self._following}_{name}", value)

    # -- the job -------------------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        for walk in self._follow_walks():
            if self._is_switched_off():
                self.env["ir.cron"]._commit_progress(deactivate=True)
                return
            if not walk():
                return

    @api.model
    def _is_switched_off(self):
        """Asked of the database: the job would not notice that the parameters in memory are old."""
        on = [("key", "=", self._following), ("value", "=", "True")]
        return not self.env["ir.config_parameter"].sudo().search_count(on)

    @api.model
    def _go_on(self, done, remaining):
        """Commit; whether there is time left and it is still switched on."""
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining) > 0 and not self._is_switched_off()

    @api.model
    def _try_batch(self, lead_ids):
        """A batch that fails is halved: the lead that can't be counted is left as it was and logged."""
        try:
            with self.env.cr.savepoint():
                self._follow_batch(lead_ids)
        except OperationalError:  # written meanwhile by another transaction: all of it again, later
            raise
        except Exception:
            if len(lead_ids) == 1:
                _logger.exception("Lead %s could not be counted for %s", lead_ids[0], self._name)
                return
            half = len(lead_ids) // 2
            self._try_batch(lead_ids[:half])
            self._try_batch(lead_ids[half:])

    @api.model
    def _walk_told(self):
        more = True
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(self._following)
            for batch in split_every(self._following_batch, self._follow_concerned(told), list):
                self._try_batch(batch)
            if not self._go_on(len(told), int(more)):
                return False
        return True

    @api.model
    def _walk_written(self):
        """Leads that were written: not all that changes on them is an event."""
        written = self.env["ir.config_parameter"].sudo().get_param(f"{self._following}_written")
        reached = fields.Datetime.now()
        since = fields.Datetime.to_datetime(written) or reached
        place = (fields.Datetime.subtract(since, minutes=OVERLAP), 0)
        while rows := self._written_after(*place):
            self._try_batch([lead_id for _moment, lead_id in rows])
            place = rows[-1]
            # the minutes are taken off again by who goes on from here
            self._set_far("written", fields.Datetime.to_string(fields.Datetime.add(place[0], minutes=OVERLAP)))
            if not self._go_on(len(rows), 1):
                return False
        self._set_far("written", fields.Datetime.to_string(reached))
        return self._go_on(0, 0)

    @api.model
    def _written_after(self, moment, lead_id):
        return self.env.execute_query(
            SQL(
                "SELECT write_date, id FROM crm_lead WHERE %s AND (write_date, id) > (%s, %s)"
                " ORDER BY write_date, id LIMIT %s",
                self._follow_where(),
                moment,
                lead_id,
                self._following_batch,
            )
        )

    @api.model
    def _walk_all(self):
        """All leads, the newest first; does nothing unless it was switched on or is to begin anew."""
        while (below := self._get_below()) > 1:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM crm_lead WHERE id < %s AND %s ORDER BY id DESC LIMIT %s",
                    below,
                    self._follow_where(),
                    self._following_batch,
                )
            )
            lowest = rows[-1][0] if len(rows) == self._following_batch else 1
            self._follow_forget(lowest, below)
            if rows:
                self._try_batch([row[0] for row in rows])
            self._set_far("below", lowest)
            if not self._go_on(len(rows), lowest - 1):
                return False
        return True
