from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount, format_date, formatLang

from ..goals.judging import LOWER, is_reached
from ..goals.periods import ONE_DAY, period_of
from ..goals.working_time import proportional

SHOWN = 10


class CrmGameStart(models.TransientModel):
    """Start a ready challenge: for whom, how much, and how the last period would have ended."""

    _name = "crm.game.start"
    _description = "Start a Challenge"

    template_id = fields.Many2one("crm.game.template", required=True, readonly=True, ondelete="cascade")
    description = fields.Char(related="template_id.description")
    definition_id = fields.Many2one(related="template_id.definition_id")
    suffix = fields.Char(related="definition_id.full_suffix")
    condition = fields.Selection(related="definition_id.condition")
    game_figure = fields.Selection(related="definition_id.game_figure", string="Figure")
    name = fields.Char(compute="_compute_from_template", store=True, precompute=True, readonly=False, required=True)
    period = fields.Selection(
        [("weekly", "Each week"), ("monthly", "Each month"), ("yearly", "Each year")],
        compute="_compute_from_template",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    target = fields.Float(compute="_compute_from_template", store=True, precompute=True, readonly=False)
    least_number = fields.Integer(
        "At Least", compute="_compute_from_template", store=True, precompute=True, readonly=False
    )
    target_by_work = fields.Boolean(
        "Targets by Working Time",
        compute="_compute_from_template",
        store=True,
        precompute=True,
        readonly=False,
        help="Who works part-time or is on leave has that much less to reach.",
    )
    team_ids = fields.Many2many("crm.team", string="Sales Teams", default=lambda self: self._default_team_ids())
    choosable_team_ids = fields.Many2many("crm.team", compute="_compute_choosable_team_ids")
    user_ids = fields.Many2many("res.users", string="Only", help="Of the members of these teams; all where left empty.")
    reward_id = fields.Many2one("gamification.badge", "Badge for Everybody Who Reaches It")
    reward_first_id = fields.Many2one("gamification.badge", "Badge for the First")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _default_team_ids(self):
        teams = self.env["crm.team"]
        return teams.search([("user_id", "=", self.env.uid)]) or self._get_choosable_teams()

    @api.model
    def _get_choosable_teams(self):
        return self.env["gamification.challenge"].new().choosable_team_ids._origin

    @api.depends("template_id")
    def _compute_from_template(self):
        for start in self:
            for name in ("name", "period", "target", "least_number", "target_by_work"):
                start[name] = start.template_id[name]

    def _compute_choosable_team_ids(self):
        self.choosable_team_ids = self._get_choosable_teams()

    @api.depends("period", "target", "least_number", "target_by_work", "team_ids", "user_ids", "template_id")
    def _compute_preview(self):
        for start in self:
            values = start._get_preview() if start.period and start.template_id else {}
            start.preview = (
                self.env["ir.qweb"]._render("crm_gamification.crm_game_preview", values) if values else False
            )

    def _get_people(self):
        """Who would take part; of teams that this person may make challenges for, whatever was entered."""
        teams = self.team_ids._origin & self._get_choosable_teams()
        members = teams.sudo().crm_team_member_ids.user_id.filtered("active").with_env(self.env)
        return (members & self.user_ids._origin) or members

    def _get_preview(self):
        """What the last complete period would have ended like: nothing is written."""
        today = fields.Date.today()
        period = period_of(self.period, period_of(self.period, today).start - ONE_DAY)
        people = self._get_people()
        rows = self._get_rows(people, period)
        return {
            "is_kept": self.env["crm.game.entry"]._ledger_is_on(),
            "is_now": self.game_figure == "clean",
            "start": format_date(self.env, period.start),
            "end": format_date(self.env, period.end),
            "rows": rows[:SHOWN],
            "more": len(rows) - SHOWN,
            "reached": sum(row["is_reached"] for row in rows),
            "count": len(rows),
        }

    def _get_rows(self, people, period):
        """The best first; equal ones share a place, who has no figure comes last and has none."""
        figures = (
            self.env["crm.game.entry"]
            .sudo()
            ._figures([self.game_figure], people, period.start, period.end, self.least_number)[self.game_figure]
        )
        targets = self._get_targets(people, period)
        sign = 1 if self.condition == LOWER else -1
        order = sorted(
            people,
            key=lambda user: (figures[user.id] is None, sign * (figures[user.id] or 0), user.name.lower()),
        )
        rows = []
        for place, user in enumerate(order, start=1):
            value = figures[user.id]
            tied = rows and rows[-1]["value"] == value
            rows.append(
                {
                    "place": (rows[-1]["place"] if tied else place) if value is not None else "",
                    "name": user.name,
                    "value": value,
                    "figure": self._tell(value),
                    "target": self._tell(targets[user]) if targets[user] is not None else self.env._("away"),
                    "is_reached": targets[user] is not None and is_reached(self.condition, value, targets[user]),
                }
            )
        return rows

    def _get_targets(self, people, period):
        """{user: target}, None for who was away."""
        targets = dict.fromkeys(people, self.target)
        if not self.target_by_work:
            return targets
        goals = self.env["gamification.goal"].new({"definition_id": self.definition_id.id})
        for user, found in self.env["gamification.challenge"]._get_working(people, period).items():
            if found.is_away:
                targets[user] = None
            elif goals._is_proportional():
                targets[user] = proportional(self.target, found.share, not self.definition_id.monetary)
        return targets

    def _tell(self, value):
        if value is None:
            return "–"
        if self.definition_id.monetary:
            return format_amount(self.env, value, self.env.company.currency_id, trailing_zeroes=False)
        digits = 0 if float(value).is_integer() else 1
        unit = self.definition_id.sudo()._tell_line().unit_for(value)
        return f"{formatLang(self.env, value, digits=digits)} {unit}".strip()

    def action_start(self):
        """Make the challenge with this person's rights, and start it."""
        self.ensure_one()
        if not self.env["crm.game.entry"]._ledger_is_on():
            raise UserError(
                self.env._(
                    "Nothing is counted yet: ask an administrator to switch on Keep the Ledger, under "
                    "CRM › Configuration › Settings › CRM Gamification."
                )
            )
        if not self._get_people():
            raise UserError(self.env._("These teams have no members: choose a team whose members take part."))
        challenge = self.env["gamification.challenge"].create(self._prepare_challenge_vals())
        challenge.action_start()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gamification.challenge",
            "res_id": challenge.id,
            "views": [[False, "form"]],
        }

    def _prepare_challenge_vals(self):
        chosen = self.user_ids & self._get_people()
        return {
            "name": self.name,
            "description": self.description,
            "period": self.period,
            "visibility_mode": "ranking",
            "user_domain": False,
            "team_ids": [Command.set(self.team_ids.ids)],
            "whole_teams": not chosen,
            "user_ids": [Command.set(chosen.ids)],
            "target_by_work": self.target_by_work,
            "least_number": self.least_number,
            "reward_id": self.reward_id.id,
            "reward_realtime": False,
            "reward_first_id": self.reward_first_id.id,
            "line_ids": [Command.create({"definition_id": self.definition_id.id, "target_goal": self.target})],
        }
