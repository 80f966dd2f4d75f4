from odoo import api, fields, models
from odoo.tools import SQL


class CrmLeadEventMark(models.Model):
    """How far somebody who follows the log has read.

    Goes by the transactions that wrote the rows: a row with a low id can become visible late,
    but no transaction below the horizon can add any more. A database that was restored
    elsewhere numbers its transactions anew: the log's table is another one then, and its rows
    are read on by their ids once. A row may be handed out twice then, never not at all.
    """

    _name = "crm.lead.event.mark"
    _description = "How Far the Log Was Read"
    _log_access = False

    name = fields.Char(required=True)
    xact = fields.Char(default="0")
    event_id = fields.Char(default="0")
    highest_id = fields.Char(default="0", help="The log's highest number at that time.")
    log_table = fields.Char()

    _name_uniq = models.UniqueIndex("(name)")

    @api.model
    def _read_on(self, name, limit=50_000):
        """The next events for the reader `name`, and the mark put behind them.

        The mark moves with the caller's transaction: what is rolled back is read again.

        :return: list of (lead id, kind), in the order in which they were written, and whether
            there may be more
        """
        table, horizon, highest = self._where_the_log_stands()
        mark = self.search([("name", "=", name)]) or self.create({"name": name, "log_table": table})
        restored = mark.log_table != table
        unread = SQL("(xact, id) > (%s, %s)", int(mark.xact), int(mark.event_id))
        if restored:
            new = SQL("id > %s OR %s", int(mark.highest_id), unread)
        else:
            new = SQL("xact >= %s AND xact < %s AND %s", int(mark.xact), horizon, unread)
        rows = self.env.execute_query(
            SQL(
                "SELECT lead_id, kind, xact, id FROM crm_lead_event WHERE %s ORDER BY xact, id LIMIT %s",
                new,
                None if restored else limit,
            )
        )
        if restored:
            mark.write({"log_table": table, "xact": str(horizon), "event_id": "0", "highest_id": str(highest)})
        elif rows:
            mark.write({"xact": str(rows[-1][2]), "event_id": str(rows[-1][3]), "highest_id": str(highest)})
        return [row[:2] for row in rows], len(rows) == limit

    @api.model
    def _begin_here(self, name):
        """Put the mark of `name` at the end of the log: what was told before, he goes over himself."""
        table, horizon, highest = self._where_the_log_stands()
        here = {"log_table": table, "xact": str(horizon), "event_id": "0", "highest_id": str(highest)}
        if mark := self.search([("name", "=", name)]):
            mark.write(here)
        else:
            self.create({"name": name, **here})

    @api.model
    def _where_the_log_stands(self):
        """The log's table, the oldest transaction that may still write, the highest id there is."""
        return self.env.execute_query(
            SQL(
                "SELECT 'crm_lead_event'::regclass::oid::text, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
                " (SELECT COALESCE(max(id), 0) FROM crm_lead_event)"
            )
        )[0]
