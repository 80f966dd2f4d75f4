from collections import defaultdict
from dataclasses import dataclass, field

from odoo import api, models

from ..allocation.facts import Rules, Team
from ..allocation.share import share_out
from ..allocation.teams import left_in_no_team, to_teams


@dataclass
class Plan:
    """What a batch of leads comes to.

    :param dict teams: lead id -> team id, of leads that had no team before
    :param dict shared: team id -> Shared
    :param tuple left: decisions on leads that no team took
    :param dict lookalikes: lead id -> the open lead of somebody that it looks like
    :param dict broken: team or member -> what is wrong with its filter
    """

    teams: dict = field(default_factory=dict)
    shared: dict = field(default_factory=dict)
    left: tuple = ()
    lookalikes: dict = field(default_factory=dict)
    broken: dict = field(default_factory=dict)

    def decisions(self):
        """(team id or None, Decision) of all leads."""
        yield from ((None, decision) for decision in self.left)
        for team_id, shared in self.shared.items():
            yield from ((team_id, decision) for decision in shared.decisions)


class CrmAssignmentDesk(models.AbstractModel):
    """Gathers what the engine has to know, in a number of queries that does not depend on how many
    leads there are, and asks it. Nothing is written here."""

    _name = "crm.assignment.desk"
    _description = "Assignment Desk"

    @api.model
    def _plan(self, lead_ids, teams, turns=None, is_forced=False, trial_days=0, owners=None, method=None):
        """Who would get which of these leads now.

        :param lead_ids: ids of leads without salesperson, of these teams or of none
        :param teams: crm.team records that share out by a method of this addon
        :param dict turns: team id -> {member id: place}
        :param bool is_forced: what is kept back for other days may be given too
        :param int trial_days: the leads are those of so many past days, count as not yet given, and none is kept back
        :param dict owners: lead id -> user id, of leads that are to go on to somebody else
        :param str method: instead of the teams' own
        :return: Plan
        """
        now = self.env.cr.now().replace(tzinfo=None)
        self.env.flush_all()
        facts = self._lead_facts(lead_ids, owners or {})
        members = self._members(teams, turns or {}, now, facts, trial_days, method)
        plan = Plan()
        teamless = [self._as_lead(fact) for fact in facts.values() if not fact["team_id"]]
        if teamless:
            self._plan_teams(plan, teamless, facts, teams, members)
        by_team = defaultdict(list)
        for lead_id, fact in facts.items():
            by_team[plan.teams.get(lead_id) or fact["team_id"]].append(lead_id)
        loyal = self._loyal(teams, facts, by_team, plan)
        fits, prefers = self._member_fits(plan, teams, facts, by_team)
        for team in teams.filtered(lambda team: by_team.get(team.id)):
            own = members[team.id]
            user_of = {member.user_id.id: member.id for member in team.crm_team_member_ids}
            leads = [
                self._as_lead(facts[lead_id], *loyal.get(lead_id, ()), user_of=user_of, team=team)
                for lead_id in by_team[team.id]
            ]
            rules = Rules(method or team.assignment_method, is_forced or bool(trial_days) or not team.assignment_hold)
            plan.shared[team.id] = share_out(
                leads, own, rules, fits, {one.id: prefers[one.id] for one in own if one.id in prefers}
            )
        return plan

    # -- teams ---------------------------------------------------------------------------------

    @api.model
    def _plan_teams(self, plan, teamless, facts, teams, members):
        waiting = self._waiting_in(teams)
        told = [
            Team(
                team.id,
                team.sequence,
                sum(member.maximum for member in members[team.id] if not member.absence),
                sum(max(member.maximum - member.given, 0) for member in members[team.id] if not member.absence)
                - waiting.get(team.id, 0),
            )
            for team in teams
        ]
        fits = {}
        for team in teams:
            allowed = {
                lead.id
                for lead in teamless
                if not team.company_id or facts[lead.id]["company_id"] in (None, team.company_id.id)
            }
            found = self._fitting(plan, team, "assignment_domain", allowed)
            fits[team.id] = set() if found is None else found
        placed = to_teams(teamless, told, fits)
        plan.teams = {lead: team for lead, team, _why in placed if team}
        plan.left = left_in_no_team(placed)
        for lead, team, _why in placed:
            if not team:
                del facts[lead]

    @api.model
    def _waiting_in(self, teams):
        groups = self.env["crm.lead"]._read_group(teams._get_lead_to_assign_domain(), ["team_id"], ["__count"])
        return {team.id: count for team, count in groups}
