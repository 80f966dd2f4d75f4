import base64
import hashlib
import logging
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from odoo import api, fields, models

from ..ml import measures
from ..ml.learn import SCORED, learn
from ..ml.odoo_counting import OdooCounting
from ..ml.store import pack

_logger = logging.getLogger(__name__)

LIBRARIES = ("numpy", "scipy", "scikit-learn")
GROWN, GROWN_LEADS, DAYS = 0.05, 10, 7  # when it is due: so many more closed leads, or so many days
ENOUGH = 50  # newest closed leads that it takes to compare two versions
KEPT = 20  # versions of a company
DAY = 86_400
WORSE = 0.002  # log-loss, in nats: less is noise


class CrmScoringModel(models.Model):
    """Learning: in the background, one version after the other, the one in use goes on until it is done."""

    _inherit = "crm.scoring.model"

    @api.model
    def _is_learning_possible(self):
        """Whether the libraries that learning takes are there; scoring takes numpy only."""
        try:
            version("scikit-learn")
        except PackageNotFoundError:
            return False
        return True

    @api.model
    def _learn_where_due(self):
        """Learn anew for each company whose closed leads have changed enough."""
        for company in self.env["res.company"]._with_learned_score():
            if self._is_due(company):
                try:
                    with self.env.cr.savepoint():
                        self._learn(company)
                except Exception:  # whatever a history holds: what was learned before goes on, and so does the job
                    _logger.exception("The learned score of company %s could not be learned anew.", company.id)
                company.crm_scoring_learn_now = False

    @api.model
    def _is_due(self, company):
        newest = self.search([("company_id", "=", company.id)], limit=1)
        if not newest or company.crm_scoring_learn_now:
            return True
        closed, closed_then = self.env["crm.lead"]._score_closed_count(company), newest._closed_then()
        change = abs(closed - closed_then)
        if change >= max(GROWN * closed_then, GROWN_LEADS):
            return True
        days = (fields.Datetime.now() - newest.trained_at).days
        return days >= DAYS and change > 0

    def _closed_then(self):
        """How many leads were closed when it was learned; it learned from the newest of them only."""
        return (self.facts or {}).get("closed_then", self.closed_count)

    @api.model
    def _learn(self, company):
        """Learn from the closed leads of a company and put the result in use where it is not worse.

        :return: the new version; none where the libraries are missing
        """
        if not self._is_learning_possible():
            _logger.warning("The learned score can't learn: the Python package scikit-learn is not installed.")
            return self.browse()
        leads = self.env["crm.lead"]
        self.env["crm.lead.event"]._flush()
        self.env.flush_all()
        features = leads._score_features(company)
        history = leads._score_history(company, features)
        learned = learn(history, allowed=self._allowed(company), odoo=self._odoo_counting())
        in_use = self.search([("company_id", "=", company.id), ("state", "=", "live")], limit=1)
        reason = self._why_not_better(in_use, learned)
        new = self._create_version(company, learned, history)
        if reason:
            new.write({"state": "refused", "reason": reason})
        else:
            new._put_in_use()
        self.search([("company_id", "=", company.id), ("state", "!=", "live")], offset=KEPT).unlink()
        return new

    @api.model
    def _odoo_counting(self):
        """Odoo's own scoring as it is set up here, to be measured on the same leads."""
        stages = self.env["crm.stage"].search([("is_won", "=", False)], order="sequence, id")
        return OdooCounting(tuple(self.env["crm.lead"]._pls_get_safe_fields()), np.array(stages.ids, np.int64))

    @api.model
    def _allowed(self, company):
        """Names of features that a manager uses although they seem to give the answer away."""
        taken = self.env["crm.scoring.field"].search([("company_id", "=", company.id), ("use", "=", "take_in")])
        return frozenset(taken.mapped("name"))

    @api.model
    def _why_not_better(self, in_use, learned):
        """Why the one in use stays, in plain words; None where the new one takes over.

        Both are asked about leads that closed since the one in use was learned: neither has seen them.
        """
        if not in_use or in_use.verdict != SCORED or learned.state != SCORED:
            return None
        scorer, unseen = in_use._scorer(), learned.unseen
        if not scorer or not set(scorer.names) <= {feature.name for feature in unseen.table.features}:
            return None
        closed = unseen.arrived + unseen.closed_after * DAY
        newest = closed > in_use.trained_at.timestamp()
        if len(np.unique(unseen.table.lead[newest])) < ENOUGH:
            return None
        won, table = unseen.won[newest], unseen.table.take(newest)
        new, old = measures.log_loss(won, learned.chance[newest]), measures.log_loss(won, scorer.chance(table))
        if new <= old + WORSE:
            return None
        return self.env._(
            "On the %(count)s leads closed since, it was further off (%(new).3f) than the version in use (%(old).3f).",
            count=int(newest.sum()),
            new=new,
            old=old,
        )

    @api.model
    def _create_version(self, company, learned, history):
        data = pack(learned.scorer)
        newest = self.search([("company_id", "=", company.id)], limit=1)
        return self.create(
            {
                "number": newest.number + 1,
                "company_id": company.id,
                "verdict": learned.state,
                "trained_at": fields.Datetime.now(),
                "params": base64.b64encode(data),
                "checksum": hashlib.sha256(data).hexdigest(),
                "libraries": {name: version(name) for name in LIBRARIES},
                "facts": learned.facts | self._facts_of(company, learned, history),
            }
        )

    @api.model
    def _facts_of(self, company, learned, history):
        """What the pages show besides, as JSON: where bands begin, what gives the answer away, what was normal."""
        found = {
            "closed_then": self.env["crm.lead"]._score_closed_count(company),
            "leaks": [
                {"name": leak.name, "reason": leak.reason, "value": leak.value, "on_won": leak.on_won}
                for leak in learned.leaks
            ],
            "as_it_stands": [feature.name for feature in history.table.features if feature.as_it_stands],
        }
        if learned.state == SCORED:
            found["bands"] = list(learned.bands())
            found["normal"] = self._normal(learned.scorer, history)
        return found

    @api.model
    def _normal(self, scorer, history):
        """feature -> share of rows in each of its bins: what drift is measured against."""
        found = {}
        for binned in scorer.schema:
            _rows, bins = binned.pairs(history.table.columns[binned.feature.name])
            counts = np.bincount(bins[bins >= 0], minlength=binned.size)
            found[binned.feature.name] = [round(float(share), 4) for share in counts / max(counts.sum(), 1)]
        return found
