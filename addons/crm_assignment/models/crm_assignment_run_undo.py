from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from . import crm_assignment_run


class CrmAssignmentRun(models.Model):
    """Runs that a person takes back. A large one goes in batches, each its own transaction, by the job: killed
    or out of time, it goes on with what is left."""

    _inherit = "crm.assignment.run"

    undoing_user_id = fields.Many2one(
        "res.users", "Being Undone By", ondelete="set null", index="btree_not_null", readonly=True, copy=False
    )

    def action_undo(self):
        """Put back the leads that nobody has touched since; the others stay where they are."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "running":
            raise UserError(self.env._("Stop this run first."))
        run = self.sudo()
        if len(run._to_undo()) > crm_assignment_run.BATCH:
            run.undoing_user_id = run.undoing_user_id or self.env.user
            self.env.ref("crm_assignment.ir_cron_run").sudo()._trigger()
            message = self.env._("The leads go back in the background.")
        else:
            given = run.given
            run._undo()
            message = self.env._("%(number)s leads are back where they were.", number=given - run.given)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_go_on(self):
        if not super()._cron_go_on():
            return False
        for run in self.search([("undoing_user_id", "!=", False)], order="id"):
            if not run.with_user(run.undoing_user_id).sudo()._undo():
                return False
        return True

    def _to_undo(self, among=None):
        """Ids of the decisions on leads that are still where this run put them.

        :param list among: of these only
        """
        self.env["crm.lead"].flush_model(["user_id", "team_id", "won_status"])
        rows = self.env.execute_query(
            SQL(
                "SELECT known.id FROM crm_assignment_decision known JOIN crm_lead lead ON lead.id = known.lead_id"
                " WHERE known.run_id = %s AND known.is_undone IS NOT TRUE AND known.user_id = lead.user_id"
                "   AND known.team_id IS NOT DISTINCT FROM lead.team_id AND lead.won_status = 'pending' AND %s"
                " ORDER BY known.id",
                self.id,
                SQL("TRUE") if among is None else SQL("known.id = ANY(%s)", among),
            )
        )
        return [row[0] for row in rows]

    def _undo(self):
        """Put back batch by batch.

        :return: bool, whether nothing remains to be done
        """
        todo = self._to_undo()
        remaining = len(todo)
        for ids in split_every(crm_assignment_run.BATCH, todo):
            self._patiently(self._undo_batch, list(ids))
            remaining -= len(ids)
            if self.undoing_user_id and not self._commit(len(ids), remaining) and remaining:
                return False
            self.env.invalidate_all()
        self.undoing_user_id = False
        return True

    def _undo_batch(self, ids):
        """What can't be written stays, and does not stop the others."""
        self._set_apart(ids, self._undo_some, self._note_stuck)
        self.user_id._bus_send("crm_assignment.run", {"id": self.id})
        return True

    def _undo_some(self, ids):
        untouched = self.env["crm.assignment.decision"].browse(self._to_undo(ids))
        groups = untouched.grouped(lambda one: (one.before_user, one.before_team))
        for (user_id, team_id), found in groups.items():
            leads = found.lead_id.with_context(mail_auto_subscribe_no_notify=True)
            leads.write({"user_id": user_id or False, "team_id": team_id or False})
        self.env["crm.lead"]._finalize_notes()
        untouched._set_undone()
        self.given -= len(untouched)

    def _note_stuck(self, _decision_id, error):
        self.error = str(error)
