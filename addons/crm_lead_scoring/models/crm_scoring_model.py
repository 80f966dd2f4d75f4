import base64
import hashlib
import logging

from odoo import api, fields, models
from odoo.tools import ormcache

from ..ml.learn import LEAST_CLOSED, LEAST_EACH, NO_BETTER, SCORED, TOO_LITTLE
from ..ml.store import Unreadable, unpack
from .res_company import SUITE

_logger = logging.getLogger(__name__)


class CrmScoringModel(models.Model):
    """A version of what was learned from a company's closed leads: numbers only, with how good it is."""

    _name = "crm.scoring.model"
    _description = "Learned Score"
    _order = "id desc"
    _check_company_auto = True

    number = fields.Integer("Version", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(
        [("live", "In Use"), ("kept", "Kept"), ("refused", "Not Better Than the One in Use")],
        required=True,
        readonly=True,
        default="kept",
    )
    verdict = fields.Selection(
        [
            (SCORED, "Better Than the Base Rate"),
            (TOO_LITTLE, "Too Few Closed Leads"),
            (NO_BETTER, "No Better Than the Base Rate"),
        ],
        required=True,
        readonly=True,
    )
    trained_at = fields.Datetime("Learned On", required=True, readonly=True)
    closed_count = fields.Integer("Closed Leads", compute="_compute_figures")
    won_count = fields.Integer("Won", compute="_compute_figures")
    base_rate = fields.Float("Base Rate (%)", compute="_compute_figures", digits=(5, 1))
    log_loss = fields.Float(compute="_compute_figures", digits=(8, 4))
    base_log_loss = fields.Float("Log-Loss of the Base Rate", compute="_compute_figures", digits=(8, 4))
    stock_log_loss = fields.Float("Log-Loss of Odoo's Scoring", compute="_compute_figures", digits=(8, 4))
    params = fields.Binary(attachment=True, readonly=True, groups="base.group_system")
    checksum = fields.Char(readonly=True)
    libraries = fields.Json(readonly=True)
    facts = fields.Json(readonly=True)
    reason = fields.Char(readonly=True)

    @api.depends("number", "company_id")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "Version %(number)s (%(company)s)", number=version.number, company=version.company_id.name
            )

    @api.depends("facts")
    def _compute_figures(self):
        for version in self:
            facts = version.facts or {}
            version.closed_count, version.won_count = facts.get("closed", 0), facts.get("won", 0)
            version.base_rate = 100 * facts.get("base", 0)
            for name in ("log_loss", "base_log_loss", "stock_log_loss"):
                version[name] = facts.get(name, 0)

    # -- serving -------------------------------------------------------------------------------

    @api.model
    @ormcache("company_id")
    def _serving(self, company_id):
        """What scores the open leads of a company now.

        :return: (id of the version, Scorer, dict of facts), or None where Odoo's own scoring counts:
            the company has not switched over, or too little is known yet
        """
        company = self.env["res.company"].sudo().browse(company_id)
        if company.crm_scoring_engine != SUITE:
            return None
        version = self.sudo().search([("company_id", "=", company_id), ("state", "=", "live")], limit=1)
        if not version or version.verdict == TOO_LITTLE:
            return None
        scorer = version._scorer()
        return scorer and (version.id, scorer, {"verdict": version.verdict, **(version.facts or {})})

    def _scorer(self):
        """What this version learned, or None where it can't be read; then the log says so."""
        self.ensure_one()
        data = base64.b64decode(self.sudo().params or b"")
        if hashlib.sha256(data).hexdigest() != self.checksum:
            _logger.error("Learned score %s: its parameters are not those that were stored.", self.id)
            return None
        try:
            return unpack(data)
        except Unreadable as error:
            _logger.error("Learned score %s can't be read: %s", self.id, error)
            return None

    @api.model
    @ormcache()
    def _any_serving(self):
        """Ids of the companies whose leads have a learned score; known without a query."""
        companies = self.env["res.company"]._with_learned_score()
        return tuple(company.id for company in companies if self._serving(company.id))

    @api.model
    def _needed(self, company_id):
        """How many closed leads it takes, and how many there were when it was last tried; nothing if it never was."""
        newest = self.search([("company_id", "=", company_id)], limit=1)
        if newest.verdict != TOO_LITTLE:
            return {}
        return {"closed": newest.closed_count, "needed": LEAST_CLOSED, "needed_each": LEAST_EACH}

    # -- which version counts ------------------------------------------------------------------

    def _put_in_use(self):
        """This version scores from now on; what scored before is kept."""
        self.ensure_one()
        others = self.sudo().search([("company_id", "=", self.company_id.id), ("state", "=", "live")])
        (others - self).state = "kept"
        self.sudo().state = "live"
        self.env.registry.clear_cache()

    def action_put_in_use(self):
        """One click back (or forth): a manager chooses which version scores."""
        self.check_access("write")
        self._put_in_use()
        self.env["crm.lead"]._score_all_soon()
        return True

    @api.model
    def _engine_switched(self):
        """A company went over to the learned score, or back: the job does what follows, now and each night."""
        self.env.registry.clear_cache()
        job = self.env.ref("crm_lead_scoring.ir_cron_learned_score", raise_if_not_found=False)
        if job:
            job.sudo().active = True
            job.sudo()._trigger()
