from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_game_entry import KINDS

BADGES = "crm_gamification.badges"
STREAK_DAYS, STREAK_WEEKS = "streak_days", "streak_weeks"
STREAK_WAYS = (STREAK_DAYS, STREAK_WEEKS)


class CrmGameBadgeRule(models.Model):
    """What has to be done for one of Odoo's badges; it is given by itself, with the reason."""

    _name = "crm.game.badge.rule"
    _description = "Badge by Rule"
    _inherits = {"gamification.badge": "badge_id"}
    _order = "sequence, id"

    badge_id = fields.Many2one("gamification.badge", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    is_on = fields.Boolean("Given", default=True)
    way = fields.Selection(
        [
            ("first", "The first one ever"),
            ("number", "A number of them in a period"),
            ("biggest", "The biggest one of a period, in one's company"),
            ("comeback", "One after so many days without"),
            (STREAK_WEEKS, "Weeks in a row with a deal won"),
            (STREAK_DAYS, "Working days in a row with all next steps kept"),
        ],
        required=True,
        default="number",
    )
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] not in ("lost", "foreseen")], "What Counts", required=True, default="won"
    )
    number = fields.Integer(default=1)
    period = fields.Selection(
        [("once", "Once"), ("month", "Once a Month"), ("quarter", "Once a Quarter"), ("year", "Once a Year")],
        string="How Often",
        required=True,
        default="month",
    )
    since = fields.Date(
        "Counts From", help="What was done before earns nothing. Set to the day on which badges by rule begin."
    )
    goes_back = fields.Boolean(
        "Taken Back With It",
        default=True,
        help="The badge is taken back, with a note, when what it was given for counts no longer: a deal is taken back.",
    )
    karma = fields.Integer("Karma", help="Added to the person's karma, which Odoo's ranks go by.")
    condition = fields.Char(compute="_compute_condition", string="Given For")

    @api.constrains("number", "way", "period")
    def _check_number(self):
        for rule in self:
            if rule.way in ("number", "comeback", *STREAK_WAYS) and rule.number < 1:
                raise ValidationError(self.env._("A badge has to be earned: the number is at least 1."))
            if rule.way == "biggest" and rule.period == "once":
                raise ValidationError(self.env._("The biggest one is that of a month, quarter or year: choose which."))

    @api.depends("way", "kind", "number", "period")
    def _compute_condition(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            rule.condition = rule._condition_words(kinds.get(rule.kind, ""))

    def _condition_words(self, what):
        often = dict(self._fields["period"]._description_selection(self.env))[self.period or "once"]
        return {
            "first": self.env._("%(what)s: the first one ever", what=what),
            "number": self.env._("%(what)s: %(number)s of them. %(often)s", what=what, number=self.number, often=often),
            "biggest": self.env._("%(what)s: the biggest one of the period. %(often)s", what=what, often=often),
            "comeback": self.env._("%(what)s: one after %(number)s days without", what=what, number=self.number),
            STREAK_WEEKS: self.env._("%s weeks in a row with a deal won", self.number),
            STREAK_DAYS: self.env._("%s working days in a row with all next steps kept", self.number),
        }.get(self.way, "")

    @api.model
    def _switch(self, is_on):
        """Rules that were never on begin today: nobody gets a heap of badges for years gone by."""
        if is_on:
            self.with_context(active_test=False).search([("since", "=", False)]).since = fields.Date.today()
        job = self.env.ref("crm_gamification.ir_cron_badges").sudo()
        if job.active != is_on and job.try_lock_for_update(allow_referencing=True):
            job.active = is_on
        if is_on:
            job._trigger()
