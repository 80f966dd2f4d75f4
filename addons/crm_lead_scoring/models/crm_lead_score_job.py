import logging

from odoo import api, models, modules
from odoo.tools import SQL

from ..ml.learn import TOO_LITTLE
from .crm_lead_score_refresh import BATCH, MOVED
from .res_company import SUITE

_logger = logging.getLogger(__name__)


class CrmLead(models.Model):
    """The nightly job: Odoo's own entry point trains when due and scores every open lead."""

    _inherit = "crm.lead"

    @api.model
    def _cron_update_automated_probabilities(self):
        """Companies that go by what was learned: learn where due, then score. Odoo does the others."""
        versions = self.env["crm.scoring.model"].sudo()
        if not self.env["res.company"]._with_learned_score():
            result = super()._cron_update_automated_probabilities()
            self._score_clear()
            return result
        versions._learn_where_due()
        self._score_commit(0, 1)
        self._score_all()
        self._score_say_too_little()
        self._score_say_excluded()
        self._score_clear()
        if self._score_has_others():  # last: whatever stops Odoo's own scoring does not stop the learned one
            super()._cron_update_automated_probabilities()
        return None

    @api.model
    def _cron_learned_score(self):
        """Switched off everywhere, the job has put things back and is not needed any more."""
        self._cron_update_automated_probabilities()
        if not self.env["res.company"]._with_learned_score():
            self.env["ir.cron"]._commit_progress(deactivate=True)

    @api.model
    def _score_has_others(self):
        """Whether Odoo's own scoring still has leads to score."""
        serving = self.env["crm.scoring.model"]._any_serving()
        return bool(self.env["res.company"].sudo().search([("id", "not in", serving)], limit=1))

    @api.model
    def _score_all(self):
        """Score all open leads of companies with a learned score, a transaction for each batch."""
        after, companies = 0, self.env["crm.scoring.model"]._any_serving()
        while companies and (ids := self._score_next(after, companies)):
            self._score_refresh(ids, moved=MOVED)
            after = ids[-1]
            self.env.invalidate_all()
            if not self._score_commit(len(ids), int(len(ids) == BATCH)):
                return

    @api.model
    def _score_next(self, after, companies):
        query = SQL(
            """
            SELECT lead.id FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
             WHERE lead.id > %s AND %s = ANY(%s) AND %s
               AND NOT COALESCE(team.scoring_excluded, FALSE)
             ORDER BY lead.id LIMIT %s
            """,
            after,
            self._score_company_sql(),
            list(companies),
            self._score_is_open_sql(),
            BATCH,
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _score_say_too_little(self):
        """Where too few leads are closed yet, open ones say so; Odoo's own value stays."""
        serving = self.env["crm.scoring.model"]._any_serving()
        companies = self.env["res.company"]._with_learned_score().filtered(lambda own: own.id not in serving)
        self._score_in_batches(
            SQL("win_score = NULL, win_score_band = NULL, win_score_state = %s, win_score_at = NULL", TOO_LITTLE),
            SQL(
                "lead.win_score_state IS DISTINCT FROM %s AND NOT COALESCE(team.scoring_excluded, FALSE) AND %s",
                TOO_LITTLE,
                self._score_is_open_sql(),
            ),
            companies,
        )

    @api.model
    def _score_say_excluded(self):
        """Teams that are not scored: their open leads say so; Odoo's own value stays."""
        self._score_in_batches(
            SQL("win_score = NULL, win_score_band = NULL, win_score_state = 'excluded', win_score_at = NULL"),
            SQL(
                "lead.win_score_state IS DISTINCT FROM 'excluded' AND team.scoring_excluded AND %s",
                self._score_is_open_sql(),
            ),
            self.env["res.company"]._with_learned_score(),
        )

    @api.model
    def _score_closed_count(self, company):
        """How many won and lost leads a company has."""
        query = SQL(
            """
            SELECT count(*) FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
             WHERE lead.won_status IN ('won', 'lost') AND %s
            """,
            self._score_sql_of_company(company),
        )
        self.flush_model()
        return self.env.execute_query(query)[0][0]

    @api.model
    def _score_clear(self):
        """Leads of companies that went back to Odoo's own scoring have no learned score any more."""
        self._score_in_batches(
            SQL("win_score = NULL, win_score_band = NULL, win_score_state = NULL, win_score_at = NULL"),
            SQL("(lead.win_score IS NOT NULL OR lead.win_score_state IS NOT NULL)"),
            self.env["res.company"].sudo().search([("crm_scoring_engine", "!=", SUITE)]),
        )

    @api.model
    def _score_in_batches(self, values, where, companies):
        """Set columns of leads of these companies, a transaction for each batch; rows that somebody writes wait."""
        query = SQL(
            """
            UPDATE crm_lead SET %s
              FROM (SELECT lead.id FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
                     WHERE %s AND %s = ANY(%s)
                     LIMIT %s FOR NO KEY UPDATE OF lead SKIP LOCKED) found
             WHERE crm_lead.id = found.id
            """,
            values,
            where,
            self._score_company_sql(),
            companies.ids,
            BATCH,
        )
        done = BATCH
        while companies and done == BATCH:
            self.env.cr.execute(query)
            done = self.env.cr.rowcount
            self.env.invalidate_all()
            if not self._score_commit(done, int(done == BATCH)):
                return

    @api.model
    def _score_commit(self, processed, remaining):
        """End the transaction of a batch. :return: whether there is time for another"""
        if modules.module.current_test:
            return True
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining)

    @api.model
    def _score_all_soon(self):
        job = self.env.ref("crm_lead_scoring.ir_cron_learned_score", raise_if_not_found=False)
        if job:
            job.sudo()._trigger()
