from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class CrmGameBadgeGrant(models.Model):
    """What somebody got a badge by rule for, and what became of it: once for each rule, person and period."""

    _name = "crm.game.badge.grant"
    _description = "Badge Given by Rule"
    _order = "day desc, id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one("crm.game.badge.rule", "Badge", required=True, readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="user_id.company_id", store=True, index=True)
    period = fields.Char(required=True, readonly=True)
    day = fields.Date("Earned", required=True, readonly=True)
    state = fields.Selection(
        [
            ("given", "Given"),
            ("back", "Taken Back: counts no longer"),
            ("kept", "Kept by a Manager"),
            ("revoked", "Taken Back by a Manager"),
        ],
        required=True,
        default="given",
        readonly=True,
    )
    keys = fields.Json(readonly=True)
    length = fields.Integer(readonly=True)
    badge_user_id = fields.Many2one("gamification.badge.user", readonly=True, index=True, ondelete="set null")
    by_id = fields.Many2one("res.users", "Decided By", readonly=True, ondelete="set null")
    why = fields.Char("Why", compute="_compute_why")

    _once = models.UniqueIndex("(rule_id, user_id, period)")

    @api.depends("rule_id", "day", "state")
    @api.depends_context("lang")
    def _compute_why(self):
        for grant in self:
            grant.why = grant._why_words()

    def _why_words(self):
        """Why somebody has the badge; no names of deals and no amounts, as every colleague reads it."""
        rule, day = self.rule_id, format_date(self.env, self.day)
        kind = dict(rule._fields["kind"]._description_selection(self.env)).get(rule.kind, "")
        words = {
            "first": self.env._("%(kind)s: the first one, on %(day)s.", kind=kind, day=day),
            "number": self._number_words(kind, len(self.keys or ()), day),
            "biggest": self.env._("%(kind)s: the biggest one of its period, on %(day)s.", kind=kind, day=day),
            "comeback": self.env._(
                "%(kind)s on %(day)s, after %(number)s days or more without.", kind=kind, day=day, number=rule.number
            ),
            "streak_weeks": self.env._("%(number)s weeks in a row with a deal won.", number=self.length),
            "streak_days": self.env._("%(number)s working days in a row with all next steps kept.", number=self.length),
        }[rule.way]
        if self.state == "back":
            return self.env._("%s Taken back: what it was given for counts no longer.", words)
        if self.state == "revoked":
            return self.env._("%(why)s Taken back by %(who)s.", why=words, who=self.sudo().by_id.name or "")
        return words

    def _number_words(self, kind, number, day):
        if number == 1:
            return self.env._("%(kind)s on %(day)s.", kind=kind, day=day)
        return self.env._("%(kind)s: %(number)s until %(day)s.", kind=kind, number=number, day=day)

    def action_open_entries(self):
        """What it was given for, as far as this person may see it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_gamification.crm_game_entry_action")
        domain = Domain("key", "in", self.sudo().keys or [])
        return {**action, "domain": list(domain), "context": {}, "name": self.why}

    def action_take_back(self):
        """A manager takes it back; the rule does not give it again for this period."""
        self._decide("revoked")

    def action_give_back(self):
        """A manager gives it, or gives it back; the rule does not take it again."""
        self._decide("kept")

    def _decide(self, state):
        self.check_access("write")
        grants = self.sudo()
        grants.by_id = self.env.user
        grants._set_state(state)

    def _set_state(self, state):
        """Odoo's badge and the karma follow what is decided."""
        for grant in self:
            had, has = bool(grant.badge_user_id), state in ("given", "kept")
            grant.state = state
            if has and not had:
                grant._give()
            elif had and not has:
                grant.badge_user_id.unlink()
                grant._add_karma(-grant.rule_id.karma)

    def _give(self):
        person = self.user_id
        words = self.with_context(lang=person.lang)._why_words()
        self.badge_user_id = self.env["gamification.badge.user"].create(
            {"user_id": person.id, "badge_id": self.rule_id.badge_id.id, "comment": words}
        )
        self._add_karma(self.rule_id.karma)
        self.badge_user_id._send_badge()

    def _add_karma(self, gain):
        if gain:
            self.user_id._add_karma(gain, reason=self.env._("Badge by rule: %s", self.rule_id.name))
