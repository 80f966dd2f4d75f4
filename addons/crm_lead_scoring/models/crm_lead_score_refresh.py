import numpy as np
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..ml.learn import NO_BETTER, SCORED

BATCH = 20_000
MOVED = 0.5  # points: what the nightly job takes for a change
AT_ONCE = 0.005
COLUMNS = ("win_score", "win_score_band", "win_score_state", "win_score_at", "automated_probability", "probability")
PRORATED = ("prorated_revenue", "recurring_revenue_monthly_prorated", "recurring_revenue_prorated")


class CrmLead(models.Model):
    """Scores leads in bulk: what they are in one query, what follows in numpy, written in one statement."""

    _inherit = "crm.lead"

    @api.model
    def _score_refresh(self, lead_ids, moved=AT_ONCE):
        """Bring the scores of these leads up to date; rows that somebody is just writing are skipped.

        Won and archived leads are left alone, and so is a probability that a person typed.

        :param lead_ids: ids of leads
        :param float moved: points from which a change is written
        :return: how many were written
        """
        written = 0
        self.env.flush_all()
        for ids in split_every(BATCH, sorted(lead_ids)):
            for company_id, rows in self._score_open(list(ids)).items():
                if serving := self.env["crm.scoring.model"]._serving(company_id):
                    written += self._score_some(serving, rows, moved)
        return written

    @api.model
    def _score_open(self, lead_ids):
        """company -> columns of those that are open: id, score, band, state, probability that Odoo computed."""
        found = {}
        query = SQL(
            """
            SELECT %(company)s, array_agg(lead.id ORDER BY lead.id),
                   array_agg(lead.win_score ORDER BY lead.id), array_agg(lead.win_score_band ORDER BY lead.id),
                   array_agg(lead.win_score_state ORDER BY lead.id),
                   array_agg(lead.automated_probability ORDER BY lead.id)
              FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
             WHERE lead.id = ANY(%(ids)s) AND %(is_open)s AND NOT COALESCE(team.scoring_excluded, FALSE)
             GROUP BY 1
            """,
            company=self._score_company_sql(),
            ids=lead_ids,
            is_open=self._score_is_open_sql(),
        )
        for company_id, *columns in self.env.execute_query(query):
            found[company_id] = columns
        return found

    @api.model
    def _score_is_open_sql(self):
        return SQL("lead.active AND COALESCE(lead.won_status, 'pending') = 'pending'")

    @api.model
    def _score_some(self, serving, rows, moved):
        """
        :param serving: as `crm.scoring.model._serving` gives it
        :param rows: columns as `_score_open` gives them
        :return: how many were written
        """
        _version, scorer, facts = serving
        ids, scores, bands, states, automated = rows
        if facts["verdict"] == SCORED:
            table = self._score_table(ids, tuple(binned.feature for binned in scorer.schema))
            order = np.searchsorted(table.lead, ids)
            new = np.round(100 * scorer.chance(table)[order], 2)
        else:
            new = np.full(len(ids), round(100 * scorer.base, 2))
        band = self._score_bands(new, facts)
        state = facts["verdict"]
        old = np.array([np.nan if score is None else score for score in scores], float)
        said = np.array([np.nan if value is None else value for value in automated], float)
        same = (np.abs(new - old) < moved) & (np.abs(new - said) < moved)
        same &= np.array([own == state for own in states]) & np.array(
            [(own or None) == other for own, other in zip(bands, band, strict=True)]
        )
        changed = [(ids[place], float(new[place]), band[place], state) for place in np.flatnonzero(~same)]
        return self._score_write(changed)

    @api.model
    def _score_bands(self, scores, facts):
        """Letters by where the bands begin; none where all leads have the base rate."""
        if facts["verdict"] == NO_BETTER or not facts.get("bands"):
            return [None] * len(scores)
        letters = np.array(list("DCBA"))
        return letters[np.searchsorted(100 * np.array(facts["bands"]), scores, side="right")].tolist()

    @api.model
    def _score_write(self, rows):
        """
        :param list rows: (lead, score, band, state)
        :return: how many were written
        """
        if not rows:
            return 0
        update = self._score_update_sql(rows)
        try:
            self.env.cr.execute(SQL("SAVEPOINT crm_lead_scoring; %s", update), log_exceptions=False)
            written = self.env.cr.rowcount
        except OperationalError:
            self.env.cr.execute(SQL("ROLLBACK TO SAVEPOINT crm_lead_scoring"))
            raise
        self.env.cr.execute(SQL("RELEASE SAVEPOINT crm_lead_scoring"))
        self.browse(row[0] for row in rows).invalidate_recordset([*COLUMNS, *PRORATED], flush=False)
        return written

    @api.model
    def _score_update_sql(self, rows):
        """Score, Odoo's probabilities and the money weighted by them, together; no `write_date`, no chatter."""
        ids, scores, bands, states = zip(*rows, strict=True)
        return SQL(
            """
            UPDATE crm_lead
               SET win_score = v.score, win_score_band = v.band, win_score_state = v.state, win_score_at = %(now)s,
                   automated_probability = v.score, probability = v.probability,
                   prorated_revenue = round((COALESCE(v.revenue, 0) * v.probability / 100)::numeric, 2),
                   recurring_revenue_monthly_prorated =
                       (COALESCE(v.monthly, 0) * v.probability / 100)::numeric,
                   recurring_revenue_prorated = (COALESCE(v.recurring, 0) * v.probability / 100)::numeric
              FROM (SELECT lead.id, new.score, new.band, new.state, lead.expected_revenue AS revenue,
                           lead.recurring_revenue_monthly AS monthly, lead.recurring_revenue AS recurring,
                           CASE WHEN lead.probability IS NULL
                                  OR abs(lead.probability - COALESCE(lead.automated_probability, 0)) < 0.005
                                THEN new.score ELSE lead.probability END AS probability
                      FROM unnest(%(ids)s::int[], %(scores)s::float8[], %(bands)s::varchar[], %(states)s::varchar[])
                           AS new(id, score, band, state)
                      JOIN crm_lead lead ON lead.id = new.id
                     WHERE %(is_open)s
                     ORDER BY lead.id FOR NO KEY UPDATE OF lead SKIP LOCKED) AS v
             WHERE crm_lead.id = v.id
            """,
            now=fields.Datetime.now(),
            ids=list(ids),
            scores=list(scores),
            bands=list(bands),
            states=list(states),
            is_open=self._score_is_open_sql(),
        )
