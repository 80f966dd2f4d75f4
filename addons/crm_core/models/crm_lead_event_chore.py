from odoo import fields, models
from odoo.tools import SQL

from ..event_log.walk import next_ground

BATCH = 100_000


class CrmLeadEventChore(models.AbstractModel):
    """What a job goes over the whole log for, in ranges of ids.

    How far each has come is written in the transaction of the work itself: a job that is
    killed goes on there, and no range is worked twice.
    """

    _name = "crm.lead.event.chore"
    _description = "Chore That Goes over the Log of Leads"

    reached = fields.Integer(readonly=True, copy=False, help="Number of the event up to which it is done.")

    def _walkers(self):
        """Those that are to be led over the log now."""
        return self.search([])

    def _walk_range(self, where):
        """Do the work on one range.

        :param SQL where: the range; the log's table is called `event`
        """
        raise NotImplementedError

    def _walk_end(self):
        """All have arrived."""
        raise NotImplementedError

    def _walk(self):
        commit = self.env["ir.cron"]._commit_progress
        while ground := self._next_ground():
            walkers, after, until, highest = ground
            walkers._walk_range(SQL("event.id > %s AND event.id <= %s", after, until))
            walkers._reach(until)
            if not commit(until - after, remaining=highest - until + 1):
                return
        self._walk_end()
        commit(remaining=0)

    def _next_ground(self):
        walkers = self._walkers()
        highest = self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM crm_lead_event"))[0][0]
        ground = next_ground(walkers.mapped("reached"), highest, BATCH)
        if not ground:
            return None
        after, until = ground
        return walkers.filtered(lambda walker: walker.reached == after), after, until, highest

    def _reach(self, position):
        """By SQL: the job does not count as the one who changed the record last."""
        self.env.cr.execute(
            SQL("UPDATE %s SET reached = %s WHERE id = ANY(%s)", SQL.identifier(self._table), position, self.ids)
        )
        self.invalidate_recordset(["reached"], flush=False)
