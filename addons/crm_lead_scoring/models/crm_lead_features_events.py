import numpy as np

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_core.event_log.as_of import CLOSED, PLANNED

from ..ml import gather_events
from ..ml.gather_columns import DAY
from ..ml.gather_events import KINDS, Roles

BEGINNINGS = ("created", "imported")
ENDINGS = ("won", "lost")
MARKERS = (*BEGINNINGS, *ENDINGS, "reopened")
# what Odoo kept no trace of before the log began
UNTOLD = frozenset(
    (
        *("activity_moved", "activity_cancelled", "meeting_moved", "meeting_cancelled", "closing_date_moved"),
        *("bounce", "auto_reply", "sent_to_sleep", "woken"),
    )
)


class CrmLead(models.Model):
    """What the log tells, in columns."""

    _inherit = "crm.lead"

    @api.model
    def _score_kinds(self):
        """Names of the kinds that are read, those that are counted first."""
        return (*self._score_counted_kinds(), *MARKERS)

    @api.model
    def _score_sql_of_events(self, ids, kinds):
        """One row: packed columns as `Told.unpacked` takes them. What came with a merged lead is left
        out: it did not happen to this one."""
        return SQL(
            """
            SELECT string_agg(int8send(event.lead_id::int8 * %(radix)s + asked.place - 1), '') AS e0,
                   string_agg(float8send(date_part('epoch', event.moment)), '') AS e1,
                   string_agg(int8send(event.id), '') AS e2,
                   string_agg(int8send(CASE event.model WHEN 'mail.activity' THEN 2 * event.res_id::int8
                                                        WHEN 'calendar.event' THEN 2 * event.res_id::int8 + 1
                                                        ELSE 0 END), '') AS e3,
                   string_agg(int8send(CASE WHEN event.model = 'calendar.event'
                                             AND jsonb_typeof(event.data -> 'activity') = 'number'
                                            THEN 2 * (event.data ->> 'activity')::int8 ELSE 0 END), '') AS e4
              FROM crm_lead_event event
              JOIN unnest(%(kinds)s::varchar[]) WITH ORDINALITY AS asked(kind, place) ON asked.kind = event.kind
             WHERE event.lead_id = ANY(%(ids)s::int[]) AND event.origin_id IS NULL
            """,
            radix=KINDS,
            kinds=list(kinds),
            ids=ids,
        )

    @api.model
    def _score_covered(self, told, arrived, kinds):
        """bool[m]: whether the log tells of a lead from its beginning. Where a lead is said to have come
        long before the log tells of it (dates set by an import), nobody knows what happened meanwhile."""
        covered = np.zeros(len(arrived), bool)
        begins = told.is_any(map(kinds.index, BEGINNINGS))
        in_time = np.abs(told.moment[begins] - arrived[told.lead[begins]]) < DAY
        covered[told.lead[begins][in_time]] = True
        return covered

    @api.model
    def _score_roles(self, kinds):
        log = self.env["crm.lead.event"]

        def places(names):
            return tuple(kinds.index(name) for name in names if name in kinds)

        ins, outs = log._contact_kinds("in"), log._contact_kinds("out")
        return Roles(
            places({*ins, *outs}), places(ins), places(outs), places(PLANNED), places(CLOSED), places(("stage_moved",))
        )

    @api.model
    def _score_event_columns(self, names, moments, arrived, told, kinds):
        """Columns of those features that the log tells. :param names: of the features asked for"""
        roles = self._score_roles(kinds)
        columns = gather_events.times(moments, arrived, told, roles)
        begun_before_log = (arrived < self._score_log_start())[moments.lead]
        if "flag.next_step" in names:
            steps = gather_events.open_steps(moments, told, roles)
            steps[begun_before_log] = np.nan
            columns["flag.next_step"] = np.where(np.isnan(steps), np.nan, steps > 0)
        counts = gather_events.counts(moments, told, kinds)
        for place, kind in enumerate(kinds):
            if f"count.{kind}" in names:
                columns[f"count.{kind}"] = counts[:, place].copy()
                if kind in UNTOLD:
                    columns[f"count.{kind}"][begun_before_log] = np.nan
        return columns

    @api.model
    def _score_log_start(self):
        """When the log began, in seconds since 1970."""
        start = self.env["crm.lead.event"]._log_start().get("moment")
        return np.datetime64(start or "1970-01-01", "us").astype(np.int64) / 1e6
