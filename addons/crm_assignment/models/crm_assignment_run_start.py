from markupsafe import Markup

from odoo import api, models


class CrmAssignmentRun(models.Model):
    """Runs that a person starts in the background."""

    _inherit = "crm.assignment.run"

    @api.model
    def _start(self, teams):
        """A run in the background, with a progress bar.

        :return: the run; one that is under way for one of these teams is shown instead
        """
        teams._assignment_check_rights()
        runs = self.sudo()
        under_way = runs.search([("state", "=", "running"), ("team_ids", "in", teams.ids)], limit=1)
        if under_way:
            return under_way
        run = runs._begin(teams, "button", is_forced=True)
        run.is_background = True
        self.env.ref("crm_assignment.ir_cron_run").sudo()._trigger()
        return run

    @api.model
    def _cron_go_on(self):
        """:return: bool, whether nothing remains to be done"""
        for run in self.search([("state", "=", "running"), ("is_background", "=", True)], order="id"):
            if not run.with_user(run.user_id or self.env.user).sudo()._go_on():
                return False
        return True

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assignment Run"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_given(self):
        self.ensure_one()
        empty = self.env._("No lead was given to anybody")
        return self._open_decisions(self.env._("Given"), [("user_id", "!=", False)], empty)

    def action_open_left(self):
        self.ensure_one()
        empty = self.env._("No lead stayed")
        return self._open_decisions(self.env._("Not Given"), [("user_id", "=", False)], empty)

    def _open_decisions(self, name, domain, empty):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.assignment.decision",
            "view_mode": "list",
            "domain": [("run_id", "=", self.id), *domain],
            "help": Markup('<p class="o_view_nocontent_smiling_face">%s</p>') % empty,
        }
