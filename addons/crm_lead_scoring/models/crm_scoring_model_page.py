import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..ml import drift
from ..ml.learn import LEAST_CLOSED, LEAST_EACH, NO_BETTER, TOO_LITTLE
from .res_company import SUITE

DRIFT_DAYS = 30
AGES = ("days.", "hours.")  # leads of the last days are young: what only tells that is no drift


class CrmScoringModel(models.Model):
    """What a manager reads of a version, and does with it."""

    _inherit = "crm.scoring.model"

    verdict_text = fields.Char("Verdict in Words", compute="_compute_verdict_text")
    page = fields.Json(compute="_compute_page", help="What the charts and lists of the page show.")

    @api.depends("verdict", "facts")
    def _compute_verdict_text(self):
        for version in self:
            version.verdict_text = version._verdict_text()

    def _verdict_text(self):
        if self.verdict == TOO_LITTLE:
            return self.env._(
                "%(closed)s leads are closed, %(won)s of them won. It takes %(needed)s, at least %(each)s of them won"
                " and %(each)s lost: until then Odoo's own value is shown.",
                closed=self.closed_count,
                won=self.won_count,
                needed=LEAST_CLOSED,
                each=LEAST_EACH,
            )
        if self.verdict == NO_BETTER:
            return self.env._(
                "What is known of your leads does not tell yet which ones are won: every open lead shows the base rate,"
                " %(base).0f of 100.",
                base=self.base_rate,
            )
        bins = (self.facts or {}).get("calibration") or [[0, 0, 0, 0]]
        return self.env._(
            "Tried on leads that it had not seen: of the tenth that it rated best, %(best).0f %% were won, of the tenth"
            " that it rated worst, %(worst).0f %%; of all leads, %(base).0f %%.",
            best=100 * bins[-1][2],
            worst=100 * bins[0][2],
            base=self.base_rate,
        )

    @api.depends("facts", "log_loss", "base_log_loss", "stock_log_loss")
    def _compute_page(self):
        leads = self.env["crm.lead"]
        for version in self:
            facts = version.facts or {}
            features = facts.get("features") or []
            most = max((spread for _name, spread in features), default=0) or 1
            version.page = {
                "base": version.base_rate / 100,
                "calibration": facts.get("calibration") or [],
                "losses": version._page_losses(),
                "features": [
                    {"name": name, "label": leads._score_label(name), "share": spread / most}
                    for name, spread in features
                ],
                "leaks": version._page_leaks(),
                "teams": version._page_teams(),
                "curve": version._page_curve(),
                "as_it_stands": sorted({leads._score_label(name) for name in facts.get("as_it_stands") or []}),
            }

    def _page_losses(self):
        """How far off on unseen leads: label and log-loss, of whom it is known."""
        found = (
            ("base", self.env._("Base rate"), self.base_log_loss),
            ("stock", self.env._("Odoo's own scoring"), self.stock_log_loss),
            ("own", self.env._("This version"), self.log_loss),
        )
        return [{"name": name, "label": label, "value": value} for name, label, value in found if value]

    def _page_teams(self):
        """How it did in each team, on leads that it had not seen."""
        rows = (self.facts or {}).get("teams") or []
        teams = self.env["crm.team"].sudo().with_context(active_test=False).browse([row[0] for row in rows]).exists()
        names = {team.id: team.display_name for team in teams}
        keys = ("id", "leads", "said", "won", "log_loss", "base_log_loss")
        return [{"label": names[row[0]], **dict(zip(keys, row, strict=True))} for row in rows if row[0] in names]

    def _page_curve(self):
        """How far off it would have been with less history."""
        return [
            {"name": str(part), "label": self.env._("The newest %(leads)s leads", leads=leads), "value": loss}
            for part, leads, loss in (self.facts or {}).get("curve") or []
        ]

    def _page_leaks(self):
        said = self.env["crm.scoring.field"].search([("company_id", "=", self.company_id.id)])
        uses = {line.name: line.use for line in said}
        return [
            {
                "name": leak["name"],
                "label": self.env["crm.lead"]._score_label(leak["name"]),
                "why": self._leak_words(leak),
                "is_used": uses.get(leak["name"]) == "take_in",
            }
            for leak in (self.facts or {}).get("leaks") or []
        ]

    def _leak_words(self, leak):
        if leak["reason"] != "filled":
            return self.env._("By itself it tells won leads from lost ones almost without a mistake.")
        if leak["on_won"]:
            return self.env._("It is filled in on won leads mostly, probably after they were won.")
        return self.env._("It is filled in on lost leads mostly, probably after they were lost.")

    # -- what a manager does -------------------------------------------------------------------

    @api.model
    def action_open(self):
        """The versions of the company; before anything was learned, the trial."""
        self.browse().check_access("read")
        company = self.env.company
        if company.crm_scoring_engine != SUITE and not self.search_count([("company_id", "=", company.id)], limit=1):
            return self.env["crm.scoring.trial"]._open()
        return self.env["ir.actions.actions"]._for_xml_id("crm_lead_scoring.crm_scoring_model_action")

    def action_use_field(self, name, use):
        """Use a column that seems to give the answer away all the same, or leave it out; from the next learning on."""
        self.ensure_one()
        self.check_access("write")
        lines = self.env["crm.scoring.field"]
        line = lines.search([("company_id", "=", self.company_id.id), ("name", "=", name)])
        if line:
            line.use = use
        else:
            lines.create({"company_id": self.company_id.id, "name": name, "use": use})
        self.invalidate_recordset(["page"])
        return True

    def action_learn_now(self):
        """Learn in the background, whether or not it is due."""
        self.check_access("write")
        company = self.company_id or self.env.company
        if not self._is_learning_possible():
            raise UserError(self.env._("Nothing can be learned here: the Python package scikit-learn is missing."))
        if any(own.crm_scoring_engine != SUITE for own in company):
            raise UserError(self.env._("Switch the learned score on first."))
        company.sudo().crm_scoring_learn_now = True
        self.env["crm.lead"]._score_all_soon()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("Learning in the background. The new version stands here in a minute or two."),
            },
        }

    # -- drift ---------------------------------------------------------------------------------

    @api.readonly
    def get_drift(self):
        """How the leads of the last days differ from those that were learned from.

        :return: dict: count (leads), rows (list of name, label, value, level; what has changed most first)
        """
        self.ensure_one()
        self.check_access("read")
        version = self.sudo()
        scorer, normal = version._scorer(), (version.facts or {}).get("normal") or {}
        since = fields.Datetime.subtract(self.env.cr.now().replace(tzinfo=None), days=DRIFT_DAYS)
        leads = self.env["crm.lead"].sudo()
        query = SQL(
            """
            SELECT lead.id FROM crm_lead lead LEFT JOIN crm_team team ON team.id = lead.team_id
             WHERE lead.create_date >= %s AND %s
            """,
            since,
            leads._score_sql_of_company(version.company_id),
        )
        schema = [binned for binned in scorer.schema if binned.feature.name in normal] if scorer else []
        features = tuple(binned.feature for binned in schema)
        counts, count = {}, 0
        for table in leads._score_tables(query, features) if features else ():
            count += len(table)
            for binned in schema:
                counts[binned.feature.name] = counts.get(binned.feature.name, 0) + self._bin_counts(binned, table)
        rows = [
            {"name": name, "label": leads._score_label(name), "value": round(value, 3), "level": drift.level(value)}
            for name, value in self._stabilities(normal, counts)
        ]
        return {"count": count, "rows": sorted(rows, key=lambda row: -row["value"])}

    @api.model
    def _bin_counts(self, binned, table):
        _rows, bins = binned.pairs(table.columns[binned.feature.name])
        return np.bincount(bins[bins >= 0], minlength=binned.size)

    @api.model
    def _stabilities(self, normal, counts):
        for name, found in counts.items():
            shares = [float(share) for share in found / max(found.sum(), 1)]
            if not name.startswith(AGES) and len(shares) == len(normal[name]):
                chance = drift.by_chance(len(shares), found.sum())
                yield name, max(drift.stability(normal[name], shares) - chance, 0)
