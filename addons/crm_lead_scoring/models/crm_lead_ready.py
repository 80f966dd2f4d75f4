import logging

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

BATCH = 100


class CrmLead(models.Model):
    """Which leads are ready to become opportunities, by the bars that their team has set."""

    _inherit = "crm.lead"

    is_ready_to_convert = fields.Boolean(
        "Ready to Convert",
        compute="_compute_ready",
        search="_search_is_ready_to_convert",
        groups="base.group_user",
    )
    ready_reason = fields.Char(
        "Ready Because",
        compute="_compute_ready",
        groups="base.group_user",
        help="Which of the team's bars the lead has passed, or still has to.",
    )

    @api.depends("type", "active", "won_status", "team_id", "rule_score", "win_score")
    @api.depends_context("lang")
    def _compute_ready(self):
        self.is_ready_to_convert = False
        self.ready_reason = False
        waiting = self.filtered(lambda lead: lead.type == "lead" and lead.active and lead.won_status == "pending")
        for team, leads in waiting.grouped("team_id").items():
            bars = team._ready_bars() if team else {}
            missed = {name: leads - leads.filtered_domain(domain) for name, domain in bars.items()}
            for lead in leads if bars else ():
                open_bars = [name for name in bars if lead in missed[name]]
                lead.is_ready_to_convert = not open_bars
                lead.ready_reason = lead._ready_words(team.sudo(), bars, open_bars)

    def _search_is_ready_to_convert(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._ready_domain(self.env["crm.team"].sudo().search([]))

    @api.model
    def _ready_domain(self, teams):
        """Leads of these teams that have passed all bars of theirs."""
        passed = [
            Domain("team_id", "=", team.id) & Domain.AND(bars.values())
            for team in teams
            if (bars := team._ready_bars())
        ]
        waiting = Domain("type", "=", "lead") & Domain("active", "=", True) & Domain("won_status", "=", "pending")
        return waiting & Domain.OR(passed)

    def _ready_words(self, team, bars, missed):
        """Why it is ready, or what is missing."""
        _ = self.env._
        if missed:
            return _("Still missing: %(what)s", what=", ".join(self._ready_word(team, name) for name in missed))
        return ", ".join(self._ready_word(team, name) for name in bars)

    def _ready_word(self, team, name):
        _ = self.env._
        if name == "rule_score":
            return _("%(points)s of %(bar)s points by rule", points=self.rule_score, bar=team.ready_rule_points)
        if name == "win_score":
            return _("score %(score)d of %(bar)d", score=self.win_score, bar=team.ready_win_score)
        return self._fields[name]._description_string(self.env)

    # -- by itself -------------------------------------------------------------------------------

    @api.model
    def _cron_convert_ready(self):
        """Convert what is ready, where the team wants that; a lead that fails is left out and logged."""
        teams = self.env["crm.team"].search([("ready_auto_convert", "=", True)])
        domain, last = self._ready_domain(teams), 0
        while leads := self.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
            last = leads[-1].id
            for lead in leads.try_lock_for_update():
                lead._convert_ready()
            if not self.env["ir.cron"]._commit_progress(len(leads), remaining=int(len(leads) == BATCH)):
                return

    def _convert_ready(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                reason = self.ready_reason
                self.convert_opportunity(self.partner_id)
                self._message_log(
                    body=self.env._("Became an opportunity by itself, as the team wants it: %(why)s", why=reason)
                )
        except Exception:
            _logger.exception("Lead %s is ready but could not be converted", self.id)
            self.env.transaction.clear()
