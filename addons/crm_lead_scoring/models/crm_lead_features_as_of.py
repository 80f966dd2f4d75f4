import numpy as np

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_core.event_log.as_of import CLOSED, PLANNED

from ..ml import gather_columns
from ..ml.gather_as_of import Changes, tags_as_of, values_as_of
from ..ml.gather_columns import DAY
from ..ml.table import MISSING, Tags

# (kind of event, key of its data, field): what a field was before that event
BEFORE = (
    ("stage_moved", "from", "stage_id"),
    ("owner_changed", "from", "user_id"),
    ("team_changed", "from", "team_id"),
    ("amount_changed", "from", "expected_revenue"),
    ("amount_changed", "recurring_from", "recurring_revenue"),
    ("closing_date_moved", "from", "date_deadline"),
    ("converted", "", "type"),
)
AMOUNTS = ("expected_revenue", "recurring_revenue")


class CrmLead(models.Model):
    """What the log says that leads were: their fields today, and the changes since undone."""

    _inherit = "crm.lead"

    @api.model
    def _score_columns_as_of(self, columns, moments, leads, arrived, covered):
        """Columns of leads, told for rows.

        :param columns: dict name -> column, a value a lead
        :return: the same, a value a row
        """
        asked = [change for change in BEFORE if change[2] in columns]
        changes, past = self._score_changes(leads, asked), {}
        for place, (_kind, _key, name) in enumerate(asked):
            read = self._score_reader_of_past(name)
            if name == "date_deadline":
                told = values_as_of(columns[name] * DAY + arrived, moments, changes.of(place), read)
                past[name] = (told - arrived[moments.lead]) / DAY
            else:
                past[name] = values_as_of(columns[name], moments, changes.of(place), read)
        if "tag_ids" in columns:
            past["tag_ids"] = tags_as_of(columns["tag_ids"], moments, self._score_tag_changes(leads))
        if "stage_id" in past:
            is_open = covered[moments.lead] & ~np.isin(past["stage_id"], self._score_won_stages())
            past["stage_id"] = np.where(is_open, past["stage_id"], MISSING)
        for name, column in columns.items():
            if name not in past:
                past[name] = column.take(moments.lead) if isinstance(column, Tags) else column[moments.lead]
        return past

    @api.model
    def _score_reader_of_past(self, name):
        """How what an event keeps becomes a value of the field's column."""
        if name == "type":
            lead = self.env.execute_query(SQL("SELECT %s", self._score_sql_of_text(SQL("'lead'"))))[0][0]
            return lambda before: np.full(len(before), lead)
        if name == "date_deadline":
            return gather_columns.epoch_of_digits
        return np.nan_to_num if name in AMOUNTS else gather_columns.categories

    @api.model
    def _score_won_stages(self):
        return self.env["crm.stage"].sudo().search([("is_won", "=", True)]).ids

    @api.model
    def _score_changes(self, leads, asked):
        """:param asked: rows of BEFORE. :return: Changes, `what` is the place in them"""
        return self._score_packed_changes(
            SQL(
                """
                SELECT event.lead_id, asked.place - 1 AS what, event.moment, event.id,
                       CASE jsonb_typeof(event.data -> asked.key)
                            WHEN 'number' THEN (event.data ->> asked.key)::float8
                            WHEN 'string' THEN CASE WHEN event.data ->> asked.key ~ %(digits)s
                                 THEN replace(left(event.data ->> asked.key, 10), '-', '')::float8 END
                       END AS before
                  FROM crm_lead_event event
                  JOIN unnest(%(kinds)s::varchar[], %(keys)s::varchar[]) WITH ORDINALITY AS asked(kind, key, place)
                    ON asked.kind = event.kind
                 WHERE event.lead_id = ANY(%(ids)s) AND event.origin_id IS NULL
                   AND (asked.key = '' OR jsonb_exists(event.data, asked.key))
                """,
                digits=r"^\d{4}-\d{2}-\d{2}",
                kinds=[kind for kind, _key, _name in asked],
                keys=[key for _kind, key, _name in asked],
                ids=leads.tolist(),
            ),
            leads,
        )

    @api.model
    def _score_tag_changes(self, leads):
        """:return: Changes, `what` is the tag"""
        return self._score_packed_changes(
            SQL(
                """
                SELECT event.lead_id, tag.id::int8 AS what, event.moment, event.id, side.had::float8 AS before
                  FROM crm_lead_event event
                 CROSS JOIN (VALUES ('added', 0), ('removed', 1)) AS side(key, had)
                 CROSS JOIN LATERAL jsonb_array_elements_text(event.data -> side.key) AS tag(id)
                 WHERE event.lead_id = ANY(%s) AND event.origin_id IS NULL AND event.kind = 'tagged'
                """,
                leads.tolist(),
            ),
            leads,
        )

    @api.model
    def _score_packed_changes(self, query, leads):
        ((lead, what, moment, before),) = self.env.execute_query(
            SQL(
                """
                SELECT string_agg(int8send(lead_id), ''), string_agg(int8send(what), ''),
                       string_agg(float8send(date_part('epoch', moment)), ''),
                       string_agg(float8send(COALESCE(before, 'NaN')), '')
                  FROM (SELECT * FROM (%s) told ORDER BY lead_id, moment, id) told
                """,
                query,
            )
        )
        lead = np.searchsorted(leads, gather_columns.whole(lead))
        moment, before = gather_columns.real(moment), gather_columns.real(before)
        return Changes(lead, gather_columns.whole(what), moment, before)

    @api.model
    def _score_kinds_behind(self, name):
        """Names of the kinds of events by which a feature is told."""
        log = self.env["crm.lead.event"]
        if name.startswith("count."):
            return {name.removeprefix("count.")}
        if name.startswith("hours."):
            return {*log._contact_kinds("in"), *log._contact_kinds("out")}
        return {*PLANNED, *CLOSED} if name == "flag.next_step" else set()

    @api.model
    def _score_forgotten_until(self):
        """Kind -> seconds since 1970: of leads that came later no event of that kind was deleted."""
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT kind, date_part('epoch', max(month) + interval '1 month')"
                    "  FROM crm_lead_event_total GROUP BY kind"
                )
            )
        )
