from datetime import timedelta

import pytz

from odoo import api, fields, models

from ..allocation.room import WINDOW


class CrmAssignmentDesk(models.AbstractModel):
    """Who is there, and on how many days he works: out of office, leaves in his calendar, holidays.

    Nothing here needs the HR apps; where they are, their leaves are in the same calendar.
    """

    _inherit = "crm.assignment.desk"

    @api.model
    def _absences(self, members, now):
        """Why each member can't be given leads now; who can is missing.

        :return: dict member id -> paused, archived, holiday or away
        """
        leaves = self._leaves(members.user_id, now)
        found = {}
        for member in members:
            user = member.user_id
            if member.assignment_optout:
                found[member.id] = "paused"
            elif not user.active:
                found[member.id] = "archived"
            elif user.is_out_of_office or any(
                self._covers(leave, now) for leave in leaves[user.id] if leave.resource_id
            ):
                found[member.id] = "away"
            elif any(self._covers(leave, now) for leave in leaves[user.id]):
                found[member.id] = "holiday"
        return found

    @api.model
    def _working_rhythm(self, users, now):
        """dict user id -> (time zone, weekdays that he works, days off in the window before and after now)"""
        span = timedelta(days=WINDOW)
        leaves = self._leaves(users, now)
        found = {}
        for user in users:
            calendar = self._calendar(user)
            zone = pytz.timezone(user.tz or calendar.tz or "UTC")
            weekdays = frozenset(int(line.dayofweek) for line in calendar.attendance_ids) or frozenset(range(7))
            off = {
                day
                for leave in leaves[user.id]
                for day in self._days_of(leave, zone, (now - span).date(), (now + span).date())
            }
            found[user.id] = (zone, weekdays, off)
        return found

    @api.model
    def _calendar(self, user):
        return user.resource_calendar_id or user.company_id.resource_calendar_id

    @api.model
    def _leaves(self, users, now):
        """dict user id -> leaves in the window before and after now, his own and common ones"""
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("date_to", ">=", now - timedelta(days=WINDOW)),
                ("date_from", "<=", now + timedelta(days=WINDOW)),
                ("time_type", "=", "leave"),
                "|",
                ("resource_id.user_id", "in", users.ids),
                ("resource_id", "=", False),
            ]
        )
        own = leaves.filtered("resource_id").grouped(lambda leave: leave.resource_id.user_id.id)
        common = leaves.filtered(lambda leave: not leave.resource_id)
        empty = leaves.browse()
        return {
            user.id: own.get(user.id, empty)
            + common.filtered(
                lambda leave, user=user: leave.company_id in (user.company_id, self.env["res.company"])
                and leave.calendar_id in (self._calendar(user), self.env["resource.calendar"])
            )
            for user in users
        }

    @api.model
    def _covers(self, leave, moment):
        return leave.date_from <= moment <= leave.date_to

    @api.model
    def _days_of(self, leave, zone, first, last):
        """The days between first and last that a leave covers for half of the day or more."""

        def local(moment):
            return pytz.utc.localize(moment).astimezone(zone)

        start = max(local(leave.date_from).date(), first)
        end = min(local(leave.date_to).date(), last)
        days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
        noon = [zone.localize(fields.Datetime.to_datetime(day).replace(hour=12)) for day in days]
        return [
            day
            for day, middle in zip(days, noon, strict=True)
            if local(leave.date_from) <= middle <= local(leave.date_to)
        ]
