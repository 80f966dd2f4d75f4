import threading
import time

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.lru import LRU

SECONDS = 5
NEWEST = 1000
_shared = LRU(256)
_counting = threading.RLock()


class GamificationChallenge(models.Model):
    """When a deal is won, everybody who has the board open reads it at the same moment: it is counted once.

    Figures are the same for all readers; what each may see of them is decided afterwards. They are kept in
    this process for as long as nothing new stands in the log of leads, at most some seconds.
    """

    _inherit = "gamification.challenge"

    def _get_shared_sheet(self, offset, by, reader):
        """As `_get_sheet`: in one language and for the same companies it is the same for all."""
        alike = self.env.lang, self.env.company.id, reader.companies, offset, by
        return self._share(alike, lambda: self._get_sheet(offset, by, reader))

    def _get_shared_entries(self, period):
        """As `_get_board_entries`."""
        return self._share((period,), lambda: self._get_board_entries(period))

    def _share(self, alike, count):
        """What `count` gives; it is not shared what a transaction sees that has written something itself."""
        is_clean, *state = self._get_board_state()
        if not is_clean:
            return count()
        key = (self.env.cr.dbname, self.id, fields.Date.today(), int(time.monotonic() // SECONDS), *state, *alike)
        with _counting:
            if key not in _shared:
                _shared[key] = count()
            return _shared[key]

    def _get_board_state(self):
        """(whether this transaction has written nothing, the newest event, how many of the newest are there).

        An event with a lower number may become visible later: then their number changes.
        """
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT pg_current_xact_id_if_assigned() IS NULL, last.id,
                       (SELECT count(*) FROM crm_lead_event WHERE id > last.id - %s)
                  FROM (SELECT COALESCE(max(id), 0) AS id FROM crm_lead_event) AS last
                """,
                NEWEST,
            )
        )
        return row
