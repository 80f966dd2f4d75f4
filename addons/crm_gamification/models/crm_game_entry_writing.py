import json

from odoo import api, models
from odoo.tools import SQL

from ..ledger.count import entries

ROW = {
    "key": "varchar",
    "kind": "varchar",
    "lead_id": "int",
    "company_id": "int",
    "moment": "timestamp",
    "user_id": "int",
    "team_id": "int",
    "amount": "numeric",
    "hours": "float8",
    "points": "numeric",
    "counts": "bool",
    "why_not": "varchar",
    "detail": "text",
}


class CrmGameEntry(models.Model):
    """From leads to their rows, many at a time; only what is different is written."""

    _inherit = "crm.game.entry"

    @api.model
    def _count(self, lead_ids, deals=None):
        """Bring the entries of these leads up to date, and of other deals that depend on them.

        :param deals: those on which others may depend, default all
        :return: ids of the people of whom something changed
        """
        self.env.flush_all()
        deals = lead_ids if deals is None else deals
        ids = sorted({*lead_ids, *(self._ledger_kin_of(deals) if deals else ())})
        rows = [
            self._ledger_row(lead, company, entry)
            for lead, guards, company in self._ledger_facts(ids)
            for entry in entries(lead, guards)
        ]
        changed = self.env.execute_query(self._ledger_write_sql(ids, rows))
        self.invalidate_model(flush=False)
        return [row[0] for row in changed]

    @api.model
    def _ledger_row(self, lead, company, entry):
        return (
            entry.key,
            entry.kind,
            lead.id,
            company,
            entry.moment,
            entry.user,
            entry.team,
            entry.amount,
            entry.hours,
            entry.points,
            entry.counts,
            entry.why_not,
            json.dumps(entry.detail) if entry.detail else None,
        )

    @api.model
    def _ledger_write_sql(self, lead_ids, rows):
        """One statement: rows that are gone are deleted, new and different ones written."""
        columns = zip(*rows, strict=True) if rows else [()] * len(ROW)
        arrays = SQL(", ").join(
            SQL("%s::%s[]", list(column), SQL(sql_type)) for column, sql_type in zip(columns, ROW.values(), strict=True)
        )
        names = [name for name in (*ROW, "day", "currency_id") if name != "key"]
        return SQL(
            """
            WITH told AS (SELECT * FROM unnest(%(arrays)s) AS v(%(names)s)),
                 fresh AS (
                     SELECT told.key, told.kind, told.lead_id, told.company_id, told.moment, told.user_id,
                            team.id AS team_id, told.amount, told.hours, told.points, told.counts, told.why_not,
                            told.detail::jsonb AS detail, told.moment::date AS day, company.currency_id
                       FROM told
                       JOIN res_users person ON person.id = told.user_id
                       JOIN res_company company ON company.id = COALESCE(told.company_id, (
                            SELECT min(id) FROM res_company))
                       LEFT JOIN crm_team team ON team.id = told.team_id),
                 gone AS (
                     DELETE FROM crm_game_entry
                      WHERE lead_id = ANY(%(ids)s) AND key IS NOT NULL AND key NOT IN (SELECT key FROM fresh)
                  RETURNING user_id),
                 put AS (
                     INSERT INTO crm_game_entry AS kept (key, %(columns)s)
                     SELECT key, %(columns)s FROM fresh ORDER BY moment, key
                         ON CONFLICT (key) WHERE key IS NOT NULL DO UPDATE SET (%(columns)s) = ROW(%(new)s)
                      WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                  RETURNING user_id)
            SELECT user_id FROM gone UNION SELECT user_id FROM put
            """,
            arrays=arrays,
            names=SQL(", ").join(map(SQL.identifier, ROW)),
            ids=list(lead_ids),
            columns=SQL(", ").join(map(SQL.identifier, names)),
            new=SQL(", ").join(SQL.identifier("excluded", name) for name in names),
            old=SQL(", ").join(SQL.identifier("kept", name) for name in names),
        )
