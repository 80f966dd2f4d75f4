from datetime import datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.tools import SQL

from ..allocation.facts import Member
from ..allocation.room import WINDOW, day_share, unused, working_days


class CrmAssignmentDesk(models.AbstractModel):
    """What the engine has to know of the members: what they have room for, and how much they have to do."""

    _inherit = "crm.assignment.desk"

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
                    share=self._todays_share(record, maximum, number, today.get(key, 0), first, rhythm[key[1]], now),
                    turn=turns.get(key[0], {}).get(record.id, 0),
                    load=loads.get(key, 0.0),
                    absence="filter_broken" if record.assignment_filter_error else absences.get(record.id, ""),
                    deputy=record.assignment_deputy_id.id or None,
                )
            )
        return found

    @api.model
    def _todays_share(self, record, maximum, given, given_today, first, rhythm, now):
        """How many more leads a member may be given today, where his team keeps to each day's share.

        :param datetime first: of what was given in the 30 days, or None
        :param tuple rhythm: see `_working_rhythm`
        """
        zone, weekdays, off = rhythm

        def day(moment):
            return pytz.utc.localize(moment).astimezone(zone).date()

        today = day(now)
        if today.weekday() not in weekdays or today in off:
            return 0
        last = day(first) + timedelta(days=WINDOW) if first else today + timedelta(days=WINDOW - 1)
        start = today - timedelta(days=WINDOW - 1)
        counted = max([start, *(day(moment) for moment in self._counted_since(record) if moment)])
        return day_share(
            maximum - given,
            given_today,
            working_days(today, max(last, today), weekdays, off),
            unused(maximum, given, working_days(counted, today, weekdays, off), working_days(start, today, weekdays)),
        )

    @api.model
    def _counted_since(self, record):
        """Moments before which a member left nothing unused: he was not there, or nothing was given by this method."""
        return record.create_date, record.crm_team_id.assignment_since

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
