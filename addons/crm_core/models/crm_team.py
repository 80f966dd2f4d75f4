from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain

# Odoo's rule that shows unassigned leads of every team -> ours that shows own teams' only
STAND_INS = {
    "crm.crm_rule_personal_lead": "crm_core.crm_lead_rule_personal_own_teams",
    "crm.crm_activity_report_rule_personal_activities": "crm_core.crm_activity_report_rule_personal_own_teams",
}


class CrmTeam(models.Model):
    _inherit = "crm.team"

    lead_matching_count = fields.Integer(
        "Leads Waiting",
        compute="_compute_lead_matching",
        help="Unassigned leads of this team, and those without team that fit its filter right now.",
    )
    assignment_domain_error = fields.Char("Filter Error", compute="_compute_lead_matching")

    @api.depends("assignment_domain")
    def _compute_lead_matching(self):
        for team in self:
            try:
                with self.env.cr.savepoint(flush=False):
                    team.lead_matching_count = self.env["crm.lead"].search_count(team._get_lead_matching_domain())
                team.assignment_domain_error = False
            except Exception as error:  # noqa: BLE001  (a filter may name what is gone: any error may come)
                team.lead_matching_count = 0
                team.assignment_domain_error = self.env._("This filter no longer works: %(reason)s", reason=error)

    def _get_lead_matching_domain(self):
        """Which leads wait for this team: unassigned, and of this team, or of none and through its filter."""
        self.ensure_one()
        fits = Domain("team_id", "=", False) & Domain(literal_eval(self.assignment_domain or "[]"))
        own = Domain("team_id", "in", self.ids)
        return Domain("user_id", "=", False) & Domain("won_status", "=", "pending") & (own | fits)

    def action_open_matching_leads(self):
        self.ensure_one()
        domain = Domain.FALSE if self.assignment_domain_error else self._get_lead_matching_domain()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads Waiting for %(team)s", team=self.name),
            "res_model": "crm.lead",
            "view_mode": "list,kanban,form",
            "domain": list(domain),
        }

    def action_start_process(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start from a Ready Process"),
            "res_model": "crm.process.start",
            "view_mode": "form",
            "target": "new",
            "context": {"default_team_id": self.id},
        }

    def _start_process(self, name):
        """Apply a ready process of this addon to the teams: small_business, enterprise, partners."""
        process = self.env.ref(f"crm_core.crm_process_{name}")
        for team in self:
            process._apply_to(team)

    @api.model
    def _show_unassigned_of_own_teams(self):
        """Own-documents users see unassigned leads of their own teams only.

        Rules of a group are OR-ed: to narrow one, it has to give way to a narrower one.
        """
        self._swap_rules(hide=STAND_INS.keys(), show=STAND_INS.values())

    @api.model
    def _show_unassigned_of_all_teams(self):
        """Back to Odoo's own rules."""
        self._swap_rules(hide=STAND_INS.values(), show=STAND_INS.keys())

    @api.model
    def _swap_rules(self, hide, show):
        for xmlids, active in ((hide, False), (show, True)):
            for xmlid in xmlids:
                rule = self.env.ref(xmlid, raise_if_not_found=False)
                if rule and rule.sudo().active != active:
                    rule.sudo().active = active
