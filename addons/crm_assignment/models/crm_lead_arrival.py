import logging
from collections import defaultdict

from odoo import api, models

_logger = logging.getLogger(__name__)
MOST = 100  # leads that arrive together; more are left to the job


class CrmLead(models.Model):
    """Gives leads to somebody as they arrive, where a team wants that."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._share_on_arrival()
        return leads

    def _share_on_arrival(self):
        """In this very request if nobody else is sharing out for the team, else by a job right after it.

        Whatever goes wrong must not keep a lead from arriving.
        """
        team_ids = self.env["crm.team"]._teams_at_once()
        if not team_ids or self.env.context.get("install_mode"):
            return
        waiting = self.sudo().filtered(
            lambda lead: not lead.user_id
            and lead.active
            and lead.won_status == "pending"
            and (not lead.team_id or lead.team_id.id in team_ids)
        )
        if not waiting:
            return
        if len(waiting) > MOST or self.env.context.get("import_file"):
            self._share_soon()
            return
        try:
            with self.env.cr.savepoint():
                waiting._share_now(self.env["crm.team"].sudo().browse(team_ids))
        except Exception:
            _logger.exception("Leads %s wait for the job that shares out", waiting.ids)
            self.env.transaction.clear()
            self._share_soon()

    def _share_now(self, teams):
        desk = self.env["crm.assignment.desk"].sudo()
        plan, busy = desk._share(self.ids, teams, "at_once", is_patient=False)
        if busy:
            self._share_soon()
        if plan:
            given = self.filtered("user_id")
            self._note_arrival(given)
            self.env["crm.assignment.run"].sudo()._tell_given(self._by_user(given))

    @api.model
    def _by_user(self, leads):
        """dict res.users -> leads"""
        found = defaultdict(self.browse)
        for lead in leads:
            found[lead.user_id] += lead
        return found

    @api.model
    def _note_arrival(self, leads):
        """A lead that was just created has no tracking: its first owner is noted."""
        bodies = {lead.id: self.env._("Given to %(name)s on arrival.", name=lead.user_id.name) for lead in leads}
        if bodies:
            leads.sudo()._message_log_batch(bodies)

    @api.model
    def _share_soon(self):
        self.env.ref("crm_assignment.ir_cron_on_arrival").sudo()._trigger()

    @api.model
    def _cron_on_arrival(self):
        """Leads that could not be given as they arrived."""
        teams = self.env["crm.team"].browse(self.env["crm.team"]._teams_at_once())
        if teams:
            self.env["crm.assignment.run"]._begin(teams, "at_once", days=1)._go_on()
