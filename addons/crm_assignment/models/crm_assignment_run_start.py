from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from .crm_assignment_run import BATCH


class CrmAssignmentRun(models.Model):
    """Runs that a person starts in the background, and runs that a person takes back."""

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
        for run in self.search([("state", "=", "running"), ("is_background", "=", True)], order="id"):
            if not run.with_user(run.user_id or self.env.user).sudo()._go_on():
                return

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
        return self._open_decisions(self.env._("Given"), [("user_id", "!=", False)])

    def action_open_left(self):
        self.ensure_one()
        return self._open_decisions(self.env._("Not Given"), [("user_id", "=", False)])

    def _open_decisions(self, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.assignment.decision",
            "view_mode": "list",
            "domain": [("run_id", "=", self.id), *domain],
        }

    # -- undo ----------------------------------------------------------------------------------

    def action_undo(self):
        """Put back the leads that nobody has touched since; the others stay where they are."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "running":
            raise UserError(self.env._("Stop this run first."))
        number = self.sudo()._undo()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(number)s leads are back where they were.", number=number),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _undo(self):
        decisions = self.env["crm.assignment.decision"]
        given = [("run_id", "=", self.id), ("user_id", "!=", False), ("lead_id", "!=", False)]
        undone = 0
        for ids in split_every(BATCH, decisions.search([*given, ("is_undone", "!=", True)])._ids):
            undone += len(self._undo_some(decisions.browse(ids)))
            self.env.invalidate_all()
        self.given -= undone
        return undone

    def _undo_some(self, decisions):
        untouched = decisions.filtered(
            lambda one: one.lead_id.user_id == one.user_id
            and one.lead_id.team_id == one.team_id
            and one.lead_id.won_status == "pending"
        )
        groups = untouched.grouped(lambda one: (one.before_user, one.before_team))
        for (user_id, team_id), found in groups.items():
            leads = found.lead_id.with_context(mail_auto_subscribe_no_notify=True)
            leads.write({"user_id": user_id or False, "team_id": team_id or False})
        self.env["crm.lead"]._finalize_notes()
        untouched._set_undone()
        return untouched
