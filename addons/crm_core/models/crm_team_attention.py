from datetime import timedelta
from functools import cache

import pytz

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..attention.state import Rules
from ..attention.working_time import WorkingTime

ASKED = {"response_hours", "quiet_days", "resource_calendar_id"}
BACK, AHEAD = timedelta(days=400), timedelta(days=30)
ALWAYS = WorkingTime.always()
_WORKING = {}  # (database, calendar id) -> (version, WorkingTime)


def _utc(moment):
    return moment.astimezone(pytz.utc).replace(tzinfo=None)


class CrmTeam(models.Model):
    """What a team promises its customers."""

    _inherit = "crm.team"

    response_hours = fields.Float(
        "Response Time",
        help="Within so many working hours a customer who wrote or called gets an answer; 0: no promise.",
    )
    quiet_days = fields.Integer(
        "Days without Contact",
        help="After so many days without contact and without a new stage a lead is stalled; 0: no limit. "
        "The days of a stage, where it has any, come first.",
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        check_company=True,
        help="In which the response time is counted; the company's where none is chosen.",
    )

    def write(self, vals):
        result = super().write(vals)
        if ASKED.intersection(vals) and self.env["crm.lead"]._attention_is_on():
            self.env["crm.lead"]._attention_start()
        return result

    @api.model
    def _attention_rules(self, now):
        """Function: what was found of a lead -> Rules; a calendar is asked once, and only where an answer is due."""

        @cache
        def working(calendar_id):
            return self._attention_working(self.env["resource.calendar"].browse(calendar_id), now)

        def rules(found):
            minutes = round((found["response_hours"] or 0) * 60)
            is_counted = minutes and found["waiting_since"] and found["calendar_id"]
            return Rules(
                minutes,
                found["stage_days"] or found["quiet_days"] or 0,
                found["tz"] or "UTC",
                working(found["calendar_id"]) if is_counted else ALWAYS,
            )

        return rules

    @api.model
    def _attention_working(self, calendar, now):
        """The calendar's working time around now; worked out anew when the calendar changes or the day."""
        key = (self.env.cr.dbname, calendar.id)
        version = (now.date(), *self._attention_calendar_version(calendar))
        known = _WORKING.get(key)
        if not known or known[0] != version:
            start, end = (pytz.utc.localize(moment) for moment in (now - BACK, now + AHEAD))
            intervals = calendar.sudo()._work_intervals_batch(start, end)[False]
            known = _WORKING[key] = (version, WorkingTime(tuple(map(_utc, row[:2])) for row in intervals))
        return known[1]

    @api.model
    def _attention_calendar_version(self, calendar):
        return self.env.execute_query(
            SQL(
                """
                SELECT calendar.write_date, hours.number, hours.last, off.number, off.last
                  FROM resource_calendar calendar,
                       (SELECT count(*) AS number, max(write_date) AS last
                          FROM resource_calendar_attendance WHERE calendar_id = %(id)s) hours,
                       (SELECT count(*) AS number, max(write_date) AS last
                          FROM resource_calendar_leaves
                         WHERE resource_id IS NULL AND (calendar_id = %(id)s OR calendar_id IS NULL)) off
                 WHERE calendar.id = %(id)s
                """,
                id=calendar.id,
            )
        )[0]

    @api.model
    def _action_update_to_pipeline(self, action):
        """The pipeline opens without sleeping leads, where attention is on."""
        action = super()._action_update_to_pipeline(action)
        if self.env["crm.lead"]._attention_is_on():
            action["context"] = {**action["context"], "search_default_attention_awake": 1}
        return action

    @api.model
    def action_your_leads(self):
        """The menu Leads opens as the pipeline does. Its own action stays as it is: lists behind numbers use it."""
        action = self.env["ir.actions.actions"]._for_xml_id("crm.crm_lead_all_leads")
        if self.env["crm.lead"]._attention_is_on():
            context = safe_eval(action["context"], {"uid": self.env.uid})
            action["context"] = {**context, "search_default_attention_awake": 1}
        return action


class CrmStage(models.Model):
    _inherit = "crm.stage"

    def write(self, vals):
        result = super().write(vals)
        if "rotting_threshold_days" in vals and self.env["crm.lead"]._attention_is_on():
            self.env["crm.lead"]._attention_start()
        return result
