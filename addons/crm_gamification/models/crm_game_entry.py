from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

LEDGER = "crm_gamification.ledger"
DEAL_GROUP = "crm_core.group_sale_salesman_team"
KINDS = [
    ("won", "Deal won"),
    ("lost", "Deal lost"),
    ("customer", "New customer"),
    ("winback", "Win-back"),
    ("meeting", "Meeting held"),
    ("call", "Call"),
    ("answer", "First answer"),
    ("step", "Next step kept"),
    ("foreseen", "Closing date foreseen"),
]


class CrmGameEntry(models.Model):
    """What may count in the game, a row for each thing, and why it does not where it does not.

    A projection of the log of leads: written by SQL from what `ledger/` makes of it, and the same whenever it is
    counted again. Corrections are rows of their own, made by people, which nothing overwrites.
    """

    _name = "crm.game.entry"
    _description = "Ledger Entry"
    _log_access = False
    _order = "moment desc, id desc"
    _rec_name = "kind"

    key = fields.Char(readonly=True, copy=False)
    kind = fields.Selection(KINDS, required=True)
    is_correction = fields.Boolean("Correction", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", required=True, index=True, ondelete="cascade")
    team_id = fields.Many2one("crm.team", "Sales Team", index=True, ondelete="set null")
    company_id = fields.Many2one("res.company", "Company", index=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="restrict")
    lead_id = fields.Many2one(
        "crm.lead", "Opportunity", readonly=True, index=True, ondelete="cascade", groups=DEAL_GROUP
    )
    day = fields.Date(required=True, default=fields.Date.today)
    moment = fields.Datetime(required=True, default=fields.Datetime.now)
    points = fields.Float(default=1.0, digits=(16, 2), help="1 for what counts, 0 for what does not.")
    amount = fields.Monetary(groups=DEAL_GROUP)
    hours = fields.Float(
        readonly=True,
        aggregator="avg",
        help="From the customer's first message to our first answer, by the clock; from a foreseen closing date to "
        "the day of winning.",
    )
    counts = fields.Boolean(default=True, readonly=True)
    why_not = fields.Selection(
        [
            ("taken_back", "Taken back: no longer won"),
            ("again", "Was won before: counts once"),
            ("amount", "Below the least amount"),
            ("age", "Won too soon after it was made"),
            ("duplicate", "A second deal of the same customer, made by the same person"),
            ("short", "The call was too short"),
            ("length", "Nobody knows how long the call was"),
            ("call_again", "Called the same customer before on that day"),
            ("late", "Done after its deadline"),
            ("same_day", "Planned on the day on which it was done"),
        ],
        readonly=True,
    )
    detail = fields.Json(readonly=True)
    reason = fields.Char(help="Everybody who sees the entry reads it.")
    author_id = fields.Many2one("res.users", "Corrected By", readonly=True, ondelete="set null")
    note = fields.Char(compute="_compute_note")
    deal = fields.Char(compute="_compute_deal", help="Of deals that you may see.")
    worth = fields.Monetary("Value", compute="_compute_deal", help="Of deals that you may see.")

    _key_uniq = models.UniqueIndex("(key) WHERE key IS NOT NULL")
    _day_idx = models.Index("(day, user_id, kind)")

    @api.depends("detail", "reason", "is_correction", "author_id")
    def _compute_note(self):
        for entry in self:
            entry.note = entry._correction_words() if entry.is_correction else entry._detail_words()

    def _correction_words(self):
        return self.env._("%(person)s: %(reason)s", person=self.sudo().author_id.name or "", reason=self.reason or "")

    def _detail_words(self):
        detail = self.detail or {}
        if "reassigned" in detail:
            name = self.env["res.users"].sudo().browse(detail["reassigned"]).exists().name
            return self.env._(
                "Given to %(person)s just before it was won: counts for who had it before.",
                person=name or self.env._("somebody"),
            )
        for code, words in (
            ("day", self.env._("Taken back on %s")),
            ("lost", self.env._("Had been lost since %s")),
            ("asleep", self.env._("Last deal of this customer: %s")),
            ("deadline", self.env._("To be done by %s")),
            ("foreseen", self.env._("Two weeks before, it was expected on %s")),
        ):
            if code in detail:
                return words % self.env["ir.qweb.field.date"].value_to_html(fields.Date.to_date(detail[code]), {})
        return False

    @api.depends("lead_id", "amount")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_deal(self):
        entries = self.sudo()
        leads = self.env["crm.lead"].with_context(active_test=False)
        may_read = leads.has_access("read")
        seen = set(leads.search([("id", "in", entries.lead_id.ids)])._ids) if may_read else ()
        for entry, known in zip(self, entries, strict=True):
            is_seen = known.lead_id.id in seen
            entry.deal = known.lead_id.display_name if is_seen else False
            entry.worth = known.amount if is_seen or (known.is_correction and known.user_id == self.env.user) else 0.0

    # -- corrections --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """What people enter is a correction; who made it is kept with it."""
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
            vals.update(
                is_correction=True,
                counts=True,
                key=False,
                author_id=self.env.uid,
                company_id=company.id,
                currency_id=company.currency_id.id,
            )
            if vals.get("day"):
                vals["moment"] = fields.Datetime.to_datetime(vals["day"])
            if not vals.get("team_id"):
                vals["team_id"] = self.env["res.users"].browse(vals.get("user_id")).sale_team_id.id
        return super().create(vals_list)

    def write(self, vals):
        self._check_corrections()
        if vals.get("day"):
            vals = {**vals, "moment": fields.Datetime.to_datetime(vals["day"])}
        return super().write({**vals, "author_id": self.env.uid})

    def unlink(self):
        self._check_corrections()
        return super().unlink()

    def _check_corrections(self):
        if not all(self.sudo().mapped("is_correction")):
            raise AccessError(
                self.env._("The ledger follows what happens to leads. To change what counts, add a correction.")
            )

    @api.constrains("reason", "is_correction")
    def _check_reason(self):
        for entry in self:
            if entry.is_correction and not (entry.reason or "").strip():
                raise ValidationError(self.env._("Say in a few words why: everybody concerned reads it."))

    def action_open_lead(self):
        self.ensure_one()
        lead = self.sudo().lead_id.with_env(self.env)
        lead.check_access("read")
        return lead.get_formview_action()

    # -- switched on --------------------------------------------------------------------------

    @api.model
    def _ledger_is_on(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(LEDGER))
