from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

LEADER = "crm_core.group_sale_salesman_team"
MANAGER = "sales_team.group_sale_manager"
ADMINISTRATOR = "base.group_erp_manager"


class GamificationChallenge(models.Model):
    """Challenges of sales teams: their leaders make and run them, for their own members."""

    _inherit = "gamification.challenge"

    team_ids = fields.Many2many(
        "crm.team",
        "crm_game_challenge_team_rel",
        string="Sales Teams",
        help="Who leads all of these teams may change and run the challenge.",
    )
    whole_teams = fields.Boolean(
        "All Members",
        default=True,
        help="Whoever joins one of the teams takes part from the next day on, and who leaves it no longer.",
    )
    choosable_team_ids = fields.Many2many("crm.team", compute="_compute_choosable_team_ids")

    @api.depends_context("uid")
    def _compute_choosable_team_ids(self):
        teams = self.env["crm.team"]
        self.choosable_team_ids = teams.search([] if self._makes_for_all() else [("user_id", "=", self.env.uid)])

    @api.model
    def default_get(self, fields):
        """A leader begins with his own teams."""
        result = super().default_get(fields)
        if not self._makes_for_all():
            if "user_domain" in fields:
                result["user_domain"] = False
            if "team_ids" in fields and not result.get("team_ids"):
                teams = self.env["crm.team"].search([("user_id", "=", self.env.uid)])
                result["team_ids"] = [Command.set(teams.ids)]
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """A leader may add goals to a challenge of his teams: it has to have these first."""
        makes_for_all = self._makes_for_all()
        lines = [() if makes_for_all else vals.pop("line_ids", ()) for vals in vals_list]
        with self._in_clear_words():
            challenges = super().create([self._of_teams(vals) for vals in vals_list])
        for challenge, theirs in zip(challenges, lines, strict=True):
            if theirs:
                challenge.line_ids = theirs
        challenges._fit_participants()
        challenges._check_participants()
        return challenges

    def write(self, vals):
        with self._in_clear_words():
            result = super().write(self._of_teams(vals))
        if not {"team_ids", "whole_teams"}.isdisjoint(vals):
            self._fit_participants()
        if not {"team_ids", "whole_teams", "user_ids"}.isdisjoint(vals):
            self._check_participants()
        return result

    @api.model
    def _of_teams(self, vals):
        """Teams say who takes part, in place of a domain; a leader has no domain."""
        if vals.get("team_ids") or ("user_domain" in vals and not self._makes_for_all()):
            return {**vals, "user_domain": False}
        return vals

    def _recompute_challenge_users(self):
        result = super()._recompute_challenge_users()
        self._fit_participants()
        return result

    def _fit_participants(self):
        for challenge in self.filtered(lambda challenge: challenge.team_ids and challenge.whole_teams):
            members = challenge._get_members()
            if challenge.user_ids != members:
                challenge.user_ids = members

    def _get_members(self):
        return self.team_ids.sudo().crm_team_member_ids.user_id.filtered("active").with_env(self.env)

    def _check_participants(self):
        """The record rule says whose teams; this says whose members. No constraint, as these know no person."""
        if self._makes_for_all():
            return
        for challenge in self:
            strangers = challenge.user_ids - challenge._get_members()
            if strangers and not challenge.whole_teams:
                raise ValidationError(
                    self.env._(
                        "%(people)s: not a member of these teams. Only their members can take part.",
                        people=", ".join(strangers.sudo().mapped("name")),
                    )
                )

    @contextmanager
    def _in_clear_words(self):
        try:
            yield
        except AccessError as error:
            if self._makes_for_all() or not self.env.user.has_group(LEADER):
                raise
            raise AccessError(
                self.env._("You can make and change challenges of the teams that you lead, and of no others.")
            ) from error

    @api.model
    def _makes_for_all(self):
        """Whether this person makes challenges for anybody; leaders make them for members of their teams."""
        return self.env.su or self.env.user.has_group(MANAGER) or self.env.user.has_group(ADMINISTRATOR)
