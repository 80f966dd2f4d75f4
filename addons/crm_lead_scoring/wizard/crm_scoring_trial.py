import logging

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from ..ml.hindsight import judge, split
from ..ml.learn import LEAST_CLOSED, LEAST_EACH, NO_BETTER, TOO_LITTLE, learn
from ..models.res_company import SUITE

_logger = logging.getLogger(__name__)

LEAST_SINCE = 20  # leads closed since that it takes to say something


class CrmScoringTrial(models.TransientModel):
    """Learns from what had closed until some days ago, and tells how that would have done since.

    In the background: with many closed leads it takes longer than a request may.
    """

    _name = "crm.scoring.trial"
    _description = "Try the Learned Score"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    engine = fields.Selection(related="company_id.crm_scoring_engine")
    is_possible = fields.Boolean(compute="_compute_is_possible")
    days = fields.Integer("Closed in the Last", default=90, required=True)
    is_running = fields.Boolean(readonly=True)
    progress = fields.Float(readonly=True)
    verdict = fields.Selection(
        [
            ("worth", "Worth Switching On"),
            ("unsure", "Maybe"),
            ("not_worth", "Not Worth It Yet"),
            ("too_little", "Too Few Closed Leads"),
        ],
        readonly=True,
    )
    answer = fields.Text(readonly=True)
    past_count = fields.Integer("Leads Learned From", readonly=True)
    since_count = fields.Integer("Leads Closed Since", readonly=True)
    since_rate = fields.Float("Won of These", readonly=True)
    log_loss = fields.Float("Learned Score", digits=(8, 3), readonly=True)
    base_log_loss = fields.Float("Base Rate", digits=(8, 3), readonly=True)
    line_ids = fields.One2many("crm.scoring.trial.line", "trial_id", readonly=True)

    @api.depends("days")
    def _compute_is_possible(self):
        self.is_possible = self.env["crm.scoring.model"]._is_learning_possible()

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Learned Score")

    @api.model
    def _open(self):
        """One that is running is shown again to who started it."""
        running = [
            ("create_uid", "=", self.env.uid),
            ("company_id", "=", self.env.company.id),
            ("is_running", "=", True),
        ]
        return (self.search(running, limit=1) or self.create({}))._action_show()

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Learned Score"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_try(self):
        """Nothing is written but the answer."""
        self.ensure_one()
        self._check_manager()
        self.write({"is_running": True, "progress": 0, "verdict": False, "answer": False})
        self.env.ref("crm_lead_scoring.ir_cron_score_trial").sudo()._trigger()
        return True

    @api.model
    def _cron_try(self):
        """Answer those who wait, one after the other."""
        for trial in self.search([("is_running", "=", True)], order="id"):
            trial.with_company(trial.company_id).with_context(lang=trial.create_uid.lang)._try()
            self.env["crm.lead"]._score_commit(1, 0)

    def _try(self):
        """Whatever a history holds, who waits gets an answer."""
        try:
            with self.env.cr.savepoint():
                past, later = self._histories()
                learned = learn(past, tell=self._tell_progress)
                outcome = {"past_count": learned.facts["closed"], **self._outcome(learned, later)}
        except Exception:
            _logger.exception("The learned score of company %s could not be tried.", self.company_id.id)
            outcome = {"answer": self.env._("That went wrong. The server's log says why.")}
        self.env["crm.lead"]._score_commit(0, 1)  # what was told meanwhile is older than what is written now
        nothing = dict.fromkeys(("past_count", "since_count", "since_rate", "log_loss", "base_log_loss"), 0)
        self.write({"line_ids": [Command.clear()], **nothing, "is_running": False, **outcome})

    def _tell_progress(self, share):
        """In a transaction of its own, so that who waits sees it."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("UPDATE crm_scoring_trial SET progress = %s WHERE id = %s", 100 * share, self.id))

    def action_switch_on(self):
        """From now on the learned score counts; the first version is learned in the background."""
        self.ensure_one()
        self._check_manager()
        self.company_id.sudo().crm_scoring_engine = SUITE
        return {
            **self.env["ir.actions.actions"]._for_xml_id("crm_lead_scoring.crm_scoring_model_action"),
            "target": "main",
        }

    def _check_manager(self):
        self.env["crm.scoring.model"].browse().check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This is another company's score."))

    def _histories(self):
        """What had closed some days ago, and what closed since."""
        leads, company = self.env["crm.lead"].sudo(), self.company_id
        self.env["crm.lead.event"]._flush()
        self.env.flush_all()
        history = leads._score_history(company, leads._score_features(company))
        return split(history, self.env.cr.now().timestamp() - max(self.days, 1) * 86_400)

    def _outcome(self, learned, later):
        """Values of what came of it."""
        if learned.state == TOO_LITTLE:
            return {
                "verdict": "too_little",
                "answer": self.env._(
                    "%(days)s days ago %(closed)s leads were closed, %(won)s of them won. It takes %(needed)s, at least"
                    " %(each)s of them won and %(each)s lost. Try fewer days, or come back when more are closed.",
                    days=self.days,
                    closed=learned.facts["closed"],
                    won=learned.facts["won"],
                    needed=LEAST_CLOSED,
                    each=LEAST_EACH,
                ),
            }
        if learned.state == NO_BETTER:
            return {
                "verdict": "not_worth",
                "answer": self.env._(
                    "What is known of your leads does not tell yet which ones are won. Switched on, it would say so and"
                    " give every open lead the share of leads that you win."
                ),
            }
        if len(np.unique(later.table.lead)) < LEAST_SINCE:
            return {
                "verdict": "unsure",
                "answer": self.env._(
                    "Too few leads were closed in the last %(days)s days to tell. Try more days.", days=self.days
                ),
            }
        return self._judged(judge(learned.scorer, learned.bands(), later))

    def _judged(self, found):
        lines = [{"band": band, "lead_count": leads, "won_count": won} for band, (leads, won) in found.bands.items()]
        mean, low, _high = found.gain
        verdict = "worth" if low > 0 else "unsure" if mean > 0 else "not_worth"
        answers = {
            "worth": self.env._(
                "It is worth switching on: it would have told which leads are won clearly better than the base rate."
            ),
            "unsure": self.env._(
                "It would have done better than the base rate, but that may be luck. You lose nothing by switching it"
                " on: it keeps learning, and stays near the base rate while it knows little."
            ),
            "not_worth": self.env._("It is not worth switching on yet: the base rate alone would have been as close."),
        }
        return {
            "verdict": verdict,
            "answer": answers[verdict],
            "since_count": found.count,
            "since_rate": found.won / found.count,
            "log_loss": found.log_loss,
            "base_log_loss": found.base_log_loss,
            "line_ids": [Command.clear(), *map(Command.create, lines)],
        }


class CrmScoringTrialLine(models.TransientModel):
    _name = "crm.scoring.trial.line"
    _description = "Try the Learned Score: One Band"
    _order = "band, id"

    trial_id = fields.Many2one("crm.scoring.trial", required=True, ondelete="cascade")
    band = fields.Char(readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    won_rate = fields.Float("Share Won", compute="_compute_won_rate")

    @api.depends("lead_count", "won_count")
    def _compute_won_rate(self):
        for line in self:
            line.won_rate = line.won_count / line.lead_count if line.lead_count else 0
