from ast import literal_eval
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..allocation.facts import Lead, Member, Rules, Team
from ..allocation.room import WINDOW, day_share, working_days
from ..allocation.share import share_out
from ..allocation.teams import left_in_no_team, to_teams

MEMBER = "$member"  # in a member's filter: this member's user


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
        :param int trial_days: the leads are those of so many past days and count as not yet given
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
            rules = Rules(method or team.assignment_method, is_forced or not team.assignment_hold)
            plan.shared[team.id] = share_out(
                leads, own, rules, fits, {one.id: prefers[one.id] for one in own if one.id in prefers}
            )
        return plan

    # -- leads ---------------------------------------------------------------------------------

    @api.model
    def _lead_facts(self, lead_ids, owners):
        """dict lead id -> what the engine asks of it, in the order of rank"""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT lead.id, lead.team_id, lead.company_id, lead.probability AS rank,
                       lead.expected_revenue * lead.probability / 100 AS value,
                       COALESCE(customer.user_id, company.user_id) AS customer_user
                  FROM crm_lead lead
                  LEFT JOIN res_partner customer ON customer.id = lead.partner_id
                  LEFT JOIN res_partner company ON company.id = customer.commercial_partner_id
                 WHERE lead.id = ANY(%s)
                 ORDER BY lead.probability DESC, lead.id
                """,
                list(lead_ids),
            )
        )
        had = self._had_it(lead_ids)
        for lead_id, user_id in owners.items():
            had[lead_id] = had.get(lead_id, frozenset()) | {user_id}
        return {row["id"]: {**row, "had": had.get(row["id"], frozenset())} for row in rows}

    @api.model
    def _had_it(self, lead_ids):
        """dict lead id -> users whom it was taken back from"""
        rows = self.env.execute_query(
            SQL(
                "SELECT lead_id, array_agg(before_user) FROM crm_assignment_decision"
                " WHERE lead_id = ANY(%s) AND way = 'take_back' AND before_user IS NOT NULL GROUP BY lead_id",
                list(lead_ids),
            )
        )
        return {lead_id: frozenset(users) for lead_id, users in rows}

    @api.model
    def _as_lead(self, fact, loyal_user=None, loyal_why="customer", user_of=None, team=None):
        user_of = user_of or {}
        by_value = team and team.assignment_load == "value"
        return Lead(
            fact["id"],
            rank=fact["rank"] or 0.0,
            load=(fact["value"] or 0.0) if by_value else 1.0,
            loyal=user_of.get(loyal_user),
            loyal_why=loyal_why,
            without=frozenset(user_of[user] for user in fact["had"] if user in user_of),
        )

    @api.model
    def _loyal(self, teams, facts, by_team, plan):
        """dict lead id -> (user, why), in teams that keep customers with their salespersons"""
        loyal_teams = teams.filtered("assignment_loyal")
        asked = [lead_id for team in loyal_teams for lead_id in by_team.get(team.id, ())]
        if not asked:
            return {}
        found = {
            lead_id: (facts[lead_id]["customer_user"], "customer")
            for lead_id in asked
            if facts[lead_id]["customer_user"]
        }
        alike = {
            lead_id: others for lead_id, others in self.env["crm.lead"].browse(asked)._lookalikes_of().items() if others
        }
        owners = self._owners({other for others in alike.values() for other, _by in others})
        for lead_id, others in alike.items():
            owned = next((other for other, _by in others if owners.get(other)), None)
            if owned:
                plan.lookalikes[lead_id] = owned
                found.setdefault(lead_id, (owners[owned], "lookalike"))
        return found

    @api.model
    def _owners(self, lead_ids):
        rows = self.env.execute_query(SQL("SELECT id, user_id FROM crm_lead WHERE id = ANY(%s)", list(lead_ids)))
        return dict(rows)

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

    # -- members -------------------------------------------------------------------------------

    @api.model
    def _members(self, teams, turns, now, facts, trial_days, method):
        """dict team id -> list of Member"""
        records = teams.crm_team_member_ids
        absences, rhythm = self._absences(records, now), self._working_rhythm(records.user_id, now)
        given, today = ({}, {}) if trial_days else self._given(teams, now, rhythm)
        loads = self._loads(teams, facts if trial_days else (), now, method)
        found = {team.id: [] for team in teams}
        for record in records:
            key = (record.crm_team_id.id, record.user_id.id)
            number, first = given.get(key, (0, None))
            maximum = -(-record.assignment_max * trial_days // WINDOW) if trial_days else record.assignment_max
            found[key[0]].append(
                Member(
                    record.id,
                    max(maximum, 0),
                    given=number,
                    share=self._todays_share(maximum - number, today.get(key, 0), first, rhythm[key[1]], now),
                    turn=turns.get(key[0], {}).get(record.id, 0),
                    load=loads.get(key, 0.0),
                    absence="filter_broken" if record.assignment_filter_error else absences.get(record.id, ""),
                    deputy=record.assignment_deputy_id.id or None,
                )
            )
        return found

    @api.model
    def _todays_share(self, room, given_today, first, rhythm, now):
        zone, weekdays, off = rhythm
        today = pytz.utc.localize(now).astimezone(zone).date()
        if today.weekday() not in weekdays or today in off:
            return 0
        last = (first + timedelta(days=WINDOW)).date() if first else today + timedelta(days=WINDOW - 1)
        return day_share(room, given_today, working_days(today, max(last, today), weekdays, off))

    @api.model
    def _given(self, teams, now, rhythm):
        """What counts against the maximum: dicts (team id, user id) -> (number, first), -> number today"""
        found = teams._assignment_given(now - timedelta(days=WINDOW))
        starts = {
            user_id: zone.localize(datetime.combine(pytz.utc.localize(now).astimezone(zone).date(), time.min))
            for user_id, (zone, _weekdays, _off) in rhythm.items()
        }
        today = {}
        for start in set(starts.values()):
            moment = start.astimezone(pytz.utc).replace(tzinfo=None)
            for (team_id, user_id), (number, _first) in teams._assignment_given(moment).items():
                if starts.get(user_id) == start:
                    today[team_id, user_id] = number
        return found, today

    @api.model
    def _loads(self, teams, without, now, method):
        """dict (team id, user id) -> how much he has to do, in the measure of the team"""
        teams = teams.filtered(lambda team: (method or team.assignment_method) == "least_loaded")
        users = teams.crm_team_member_ids.user_id
        if not users:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, count(*), sum(expected_revenue * probability / 100) FROM crm_lead"
                " WHERE user_id = ANY(%s) AND active AND won_status = 'pending' AND id <> ALL(%s) GROUP BY user_id",
                users.ids,
                list(without),
            )
        )
        leads = {user_id: {"number": float(number), "value": float(value or 0)} for user_id, number, value in rows}
        steps = self._steps_this_week(users, now) if any(teams.mapped("assignment_load_steps")) else {}
        return {
            (team.id, user.id): leads.get(user.id, {}).get(team.assignment_load or "number", 0.0)
            + (steps.get(user.id, 0) if team.assignment_load_steps else 0)
            for team in teams
            for user in team.crm_team_member_ids.user_id
        }

    @api.model
    def _steps_this_week(self, users, now):
        sunday = now.date() + timedelta(days=6 - now.weekday())
        groups = self.env["mail.activity"]._read_group(
            [("res_model", "=", "crm.lead"), ("user_id", "in", users.ids), ("date_deadline", "<=", sunday)],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}

    # -- filters -------------------------------------------------------------------------------

    @api.model
    def _member_fits(self, plan, teams, facts, by_team):
        """Dicts member id -> lead ids that his filter, and his preferred filter, let through; who has
        no filter is missing. A company that a member does not belong to keeps its leads from him."""
        fits, prefers = {}, {}
        for team in teams:
            ids = set(by_team.get(team.id, ()))
            if not ids:
                continue
            for member in team.crm_team_member_ids:
                allowed = self._allowed(member, ids, facts)
                found = self._fitting(plan, member, "assignment_domain", allowed)
                if found is None:
                    fits[member.id] = set()
                    continue
                if len(found) < len(ids):
                    fits[member.id] = found
                if literal_eval(member.assignment_domain_preferred or "[]"):
                    prefers[member.id] = self._fitting(plan, member, "assignment_domain_preferred", found) or set()
        return fits, prefers

    @api.model
    def _allowed(self, member, ids, facts):
        companies = {None, *member.user_id.company_ids.ids}
        return {lead_id for lead_id in ids if facts[lead_id]["company_id"] in companies}

    @api.model
    def _fitting(self, plan, rule, name, lead_ids):
        """Which of these leads a filter lets through; None where it no longer works."""
        if not lead_ids:
            return set()
        if rule.assignment_filter_error:
            return None
        try:
            domain = self._domain(rule, name)
            if domain.is_true():
                return set(lead_ids)
            with self.env.cr.savepoint(flush=False):
                leads = self.env["crm.lead"].with_context(active_test=False)
                return set(leads.search(Domain("id", "in", list(lead_ids)) & domain)._ids)
        except Exception as error:  # noqa: BLE001  (a filter may name what is gone: any error may come)
            plan.broken[rule] = str(error)
            return None

    @api.model
    def _domain(self, rule, name):
        """The filter of a team or a member, the member's own user put in."""
        user_id = rule.user_id.id if rule._name == "crm.team.member" else False

        def put(value):
            if value == MEMBER:
                return user_id
            return [put(item) for item in value] if isinstance(value, list | tuple) else value

        domain = literal_eval(rule[name] or "[]")
        return Domain(
            [tuple(put(item) for item in leaf) if isinstance(leaf, list | tuple) else leaf for leaf in domain]
        )
