import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ..ml import gather_columns
from ..ml.gather_columns import DAY
from ..ml.gather_moments import closings, moments_of_age
from ..ml.table import CATEGORY, NUMBER, Feature, History
from .crm_lead_features_events import ENDINGS

AGES = (0, 1, 3, 7, 14, 30, 60)
LIMIT = 50_000
CHUNK = 20_000
# what a history needs to know of leads besides their features
ENDED, WRITTEN = Feature("ended", NUMBER), Feature("written", NUMBER)
TEAM = Feature("team_id", CATEGORY)


class CrmLead(models.Model):
    """Closed leads as they stood while they were open."""

    _inherit = "crm.lead"

    @api.model
    def _score_history(self, company, features, ages=AGES, limit=LIMIT):
        """What a company's score is learned from. The caller has flushed.

        A lead of which the log tells from its beginning to its end has a row at each age at which it
        was still open; any other one row, as it stands, and nothing is known of what happened to it.

        :param tuple features: of Feature
        :param ages: days; 0 stands for the first hour
        :param limit: so many leads at most, those that came last
        :return: History
        """
        features = tuple(features)
        leads, won = self._score_closed_leads(company, limit)
        known = {"won": [], "arrived": [], "closed_after": [], "team": []}
        tables = []
        for start in range(0, len(leads), CHUNK):
            chunk = slice(start, start + CHUNK)
            table, rows = self._score_past_table(leads[chunk], won[chunk], features, ages)
            tables.append(table)
            for name, values in known.items():
                values.append(rows[name])
        joined = {name: np.concatenate(values) for name, values in known.items() if values}
        if not joined:
            joined = {"won": np.empty(0, bool), "team": np.empty(0, np.int64)}
            joined |= dict.fromkeys(("arrived", "closed_after"), np.empty(0))
        table = gather_columns.joined(tables, features)
        return History(table, **joined, open_for=self._score_open_for(company))

    @api.model
    def _score_sql_of_company(self, company):
        """Leads that a company learns from; teams may be left out."""
        return SQL(
            "%s = ANY(%s) AND NOT COALESCE(team.scoring_excluded, FALSE)",
            self._score_company_sql(),
            company._learns_from().ids,
        )

    @api.model
    def _score_closed_leads(self, company, limit):
        """The newest closed leads, by arrival. :return: int64[m] ids in order of arrival, bool[m] won"""
        ((leads, won),) = self.env.execute_query(
            SQL(
                """
                SELECT string_agg(int8send(id), '' ORDER BY create_date, id),
                       string_agg(int8send(won), '' ORDER BY create_date, id)
                  FROM (SELECT lead.id, lead.create_date, (lead.won_status = 'won')::int::int8 AS won
                          FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
                         WHERE lead.won_status IN ('won', 'lost') AND %s
                         ORDER BY lead.create_date DESC, lead.id DESC
                         LIMIT %s) newest
                """,
                self._score_sql_of_company(company),
                limit,
            )
        )
        return gather_columns.whole(leads), gather_columns.whole(won) > 0

    @api.model
    def _score_open_for(self, company):
        """float64[m]: days for which the leads that are open now have been open."""
        ((days,),) = self.env.execute_query(
            SQL(
                """
                SELECT string_agg(float8send(date_part('epoch', %s - lead.create_date) / 86400), '')
                  FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
                 WHERE lead.won_status = 'pending' AND lead.active AND %s
                """,
                fields.Datetime.now(),
                self._score_sql_of_company(company),
            )
        )
        return np.maximum(gather_columns.real(days), 0)

    @api.model
    def _score_past_table(self, lead_ids, lead_won, features, ages):
        """The rows of some closed leads, in order of arrival.

        :return: Table, dict of the other columns of a History
        """
        extra = (ENDED, WRITTEN, *(() if any(feature.name == TEAM.name for feature in features) else (TEAM,)))
        leads, arrived, columns, told = self._score_read(lead_ids, features, extra)
        by_id = np.argsort(lead_ids)
        won = lead_won[by_id[np.searchsorted(lead_ids, leads, sorter=by_id)]]
        kinds = self._score_kinds()
        closing = self._score_closings(told, len(leads), kinds)
        covered = self._score_covered(told, arrived, kinds) & np.isfinite(closing)
        moments = moments_of_age(arrived, np.where(covered, closing, np.inf), covered, ages)
        ended, written = columns.pop(ENDED.name), columns.pop(WRITTEN.name)
        ended = np.where(np.isfinite(ended), ended, np.where(covered, closing, written))
        columns = self._score_columns_as_of(columns, moments, leads, arrived, covered)
        rows = {
            "won": won[moments.lead],
            "arrived": arrived[moments.lead],
            "closed_after": (np.maximum(ended - arrived, 0) / DAY)[moments.lead],
            "team": columns[TEAM.name],
        }
        table = self._score_whole_table(features, leads, columns, moments, arrived, told, kinds)
        self._score_forget(table, moments, arrived)
        order = np.lexsort((np.arange(len(moments)), moments.lead, rows["arrived"]))
        return table.take(order), {name: values[order] for name, values in rows.items()}

    @api.model
    def _score_closings(self, told, size, kinds):
        is_closing = told.is_any(map(kinds.index, ENDINGS))
        is_reopening = told.kind == kinds.index("reopened")
        return closings(size, told.lead, told.moment, told.event, is_closing, is_reopening)

    @api.model
    def _score_forget(self, table, moments, arrived):
        """What retention has deleted of closed leads is unknown, not nothing."""
        forgotten = self._score_forgotten_until()
        for name, column in table.columns.items():
            kinds = self._score_kinds_behind(name)
            until = max((forgotten[kind] for kind in kinds if kind in forgotten), default=None)
            if until is not None:
                column[arrived[moments.lead] < until] = np.nan
