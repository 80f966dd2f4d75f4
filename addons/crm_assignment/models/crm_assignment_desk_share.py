from odoo import api, models


class CrmAssignmentDesk(models.AbstractModel):
    """Does what was decided: decisions on record, leads to their people, turns remembered."""

    _inherit = "crm.assignment.desk"

    @api.model
    def _share(self, lead_ids, teams, way, run=None, is_forced=False, is_patient=True):
        """Share out leads that wait, within this transaction.

        :param lead_ids: ids of leads; those that somebody has meanwhile, or is just writing, are left alone
        :param teams: crm.team records with a method of ours
        :param bool is_patient: wait for who holds a team's turn, see `crm.assignment.turn`
        :return: (Plan or None, teams whose turn somebody else holds)
        """
        turns = self.env["crm.assignment.turn"]._take(teams, is_patient)
        free = teams.filtered(lambda team: team.id in turns)
        ids = self.env["crm.lead"]._lock_waiting(lead_ids, free)
        plan = None
        if ids:
            plan = self._plan(ids, free, turns, is_forced)
            self._apply(plan, free, way, run)
        return plan, teams - free

    @api.model
    def _apply(self, plan, teams, way, run=None, owners=None):
        """Write down what was decided, and do it.

        :param dict owners: lead id -> user id, where leads go on from somebody; who stays has no decision
        :return: dict lead id -> (crm.team, res.users) of what was written
        """
        owners = owners or {}
        users = {member.id: member.user_id for member in teams.crm_team_member_ids}
        by_id = {team.id: team for team in teams}
        rows, placed = [], {}
        is_for_others = plan.left and teams._odoo_takes_part()
        for team_id, decision in plan.decisions():
            if is_for_others and decision.why == "no_team":
                continue
            user = users.get(decision.member, self.env["res.users"])
            if decision.lead in owners and not user:
                continue
            if user or decision.lead in plan.teams:
                placed[decision.lead] = (by_id[team_id], user)
            rows.append(self._row(plan, decision, by_id.get(team_id), user, run, owners.get(decision.lead)))
        self._write(rows, placed, way)
        self.env["crm.lead"]._mark_lookalikes(plan.lookalikes)
        turned = {team_id: shared.turns for team_id, shared in plan.shared.items() if shared.turns}
        self.env["crm.assignment.turn"]._keep(turned)
        for rule, error in plan.broken.items():
            rule._filter_breaks(error)
        return placed

    @api.model
    def _row(self, plan, decision, team, user, run, owner):
        return {
            "lead_id": decision.lead,
            "run_id": run and run.id,
            "team_id": team and team.id,
            "user_id": user.id,
            "before_user": owner,
            "before_team": None if decision.lead in plan.teams else team and team.id,
            "why": decision.why,
            "method": team and team.assignment_method,
            "is_preferred": decision.preferred,
            "lookalike": plan.lookalikes.get(decision.lead),
            "candidates": [[one.member, one.load, one.room, one.why] for one in decision.candidates],
        }

    @api.model
    def _write(self, rows, placed, way):
        """Keep the decisions and give the leads.

        :param list rows: see `crm.assignment.decision._write_down`
        :param dict placed: lead id -> (crm.team, res.users)
        """
        ids = self.env["crm.assignment.decision"]._write_down(rows, way)
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads._tell_assigned(rows, ids)
        leads._give(placed)
