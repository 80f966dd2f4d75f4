from collections import Counter
from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools import SQL

from ..event_log.as_of import CLOSED
from ..event_log.past import matched
from .mail_activity import done_as

NOON = time(12)


class CrmLeadEvent(models.Model):
    """Messages, activities and meetings from before the log began."""

    _inherit = "crm.lead.event"

    @api.model
    def _past_messages(self, lowest, below, start):
        where = SQL(
            "message.res_id >= %s AND message.res_id < %s AND message.id <= %s",
            lowest,
            below,
            start.get("mail_message", 0),
        )
        return self.env["mail.message"]._event_facts(where)

    @api.model
    def _past_merged(self, messages):
        """Leads that others were merged into: they have the notes of more than one creation."""
        created = self.env["ir.model.data"]._xmlid_to_res_id("crm.mt_lead_create")
        notes = Counter(message["res_id"] for message in messages if message["subtype_id"] == created)
        return {lead_id for lead_id, number in notes.items() if number > 1}

    @api.model
    def _past_told_elsewhere(self, lowest, below):
        """Ids of messages that another event tells."""
        return set()

    @api.model
    def _past_talk(self, messages, elsewhere):
        rows = []
        for message in messages:
            row = message["id"] not in elsewhere and self.env["mail.message"]._event_row(message)
            if row:
                rows.append({**row, "moment": min(message["date"], message["create_date"])})
        return rows

    @api.model
    def _past_steps(self, lowest, below, start, messages):
        activities = self._past_activities(lowest, below, start)
        closed = self._past_closed_since(lowest, below, start)
        planned = [
            self._past_step("activity_planned", activity, activity["create_date"], activity["creator"])
            for activity in activities
            if not activity["meeting"]
        ]
        done = self._past_done([activity for activity in activities if activity["id"] not in closed], messages)
        held = {row["data"]["meeting"] for row in done if "meeting" in row["data"]}
        return planned + done + self._past_meetings(lowest, below, start, held)

    @api.model
    def _past_closed_since(self, lowest, below, start):
        """Ids of activities that were done or cancelled since the log began: it told that itself."""
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE((data ->> 'activity')::int, res_id) FROM crm_lead_event"
                " WHERE lead_id >= %s AND lead_id < %s AND kind = ANY(%s) AND moment >= %s"
                " AND (model = 'mail.activity' OR data ? 'activity')",
                lowest,
                below,
                list(CLOSED),
                start["moment"],
            )
        )
        return {row[0] for row in rows}

    @api.model
    def _past_done(self, activities, messages):
        """What was done, with the message that says so; older versions of Odoo kept only the message."""
        pairs, lonely = matched(
            (
                (activity, (activity["lead_id"], activity["type"], activity["date_done"]))
                for activity in activities
                if not activity["active"] and activity["date_done"]
            ),
            (
                (message, (message["res_id"], message["step_type"], message["date"].date()))
                for message in messages
                if message["is_step"]
            ),
        )
        types = self.env["mail.activity.type"].sudo().with_context(active_test=False).search_fetch([], ["category"])
        kinds = {record.id: done_as(record.category) for record in types}
        rows = []
        for activity, message in pairs:
            moment = message["date"] if message else datetime.combine(activity["date_done"], NOON)
            kind, direction = kinds.get(activity["type"], done_as(None))
            row = self._past_step(kind, activity, moment, message and message["author_id"])
            rows.append({**row, "direction": direction, "inferred": not message})
        for message in lonely:
            kind, direction = kinds.get(message["step_type"], done_as(None))
            rows.append(
                {
                    "lead_id": message["res_id"],
                    "kind": kind,
                    "direction": direction,
                    "moment": message["date"],
                    "actor_id": message["author_id"],
                    "model": "mail.message",
                    "res_id": message["id"],
                    "data": {"type": message["step_type"]},
                    "inferred": True,
                }
            )
        return rows

    @api.model
    def _past_step(self, kind, activity, moment, actor):
        meeting = activity["meeting"]
        data = {"type": activity["type"], "deadline": activity["deadline"].isoformat(), "user": activity["user"]}
        if meeting:
            data |= {"meeting": meeting, "activity": activity["id"]}
        return {
            "lead_id": activity["lead_id"],
            "kind": kind,
            "moment": moment,
            "actor_id": actor,
            "model": "calendar.event" if meeting else "mail.activity",
            "res_id": meeting or activity["id"],
            "data": data,
        }

    @api.model
    def _past_activities(self, lowest, below, start):
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT activity.id, activity.res_id AS lead_id, activity.create_date, creator.partner_id AS creator,
                       activity.activity_type_id AS type, activity.date_deadline AS deadline,
                       activity.user_id AS user, activity.calendar_event_id AS meeting,
                       activity.active, activity.date_done
                  FROM mail_activity activity
             LEFT JOIN res_users creator ON creator.id = activity.create_uid
                 WHERE activity.res_model = 'crm.lead' AND activity.res_id >= %s AND activity.res_id < %s
                   AND activity.id <= %s
                 ORDER BY activity.id
                """,
                lowest,
                below,
                start.get("mail_activity", 0),
            )
        )

    @api.model
    def _past_meetings(self, lowest, below, start, held):
        """Meetings planned, and held where they ended before the log began; `held`: what activities tell."""
        rows, began = [], fields.Datetime.to_datetime(start["moment"])
        for meeting in self.env.execute_query_dict(
            SQL(
                """
                SELECT meeting.id, meeting.opportunity_id AS lead_id, meeting.create_date, meeting.start, meeting.stop,
                       meeting.active, meeting.user_id AS user, creator.partner_id AS creator,
                       organiser.partner_id AS organiser,
                       (SELECT min(activity.id) FROM mail_activity activity
                         WHERE activity.calendar_event_id = meeting.id) AS activity,
                       (SELECT bool_and(attendee.state = 'declined') FROM calendar_attendee attendee
                         WHERE attendee.event_id = meeting.id) AS declined
                  FROM calendar_event meeting
             LEFT JOIN res_users creator ON creator.id = meeting.create_uid
             LEFT JOIN res_users organiser ON organiser.id = meeting.user_id
                 WHERE meeting.opportunity_id >= %s AND meeting.opportunity_id < %s AND meeting.id <= %s
                   AND NOT (meeting.recurrency IS TRUE AND meeting.create_date > meeting.stop)
                 ORDER BY meeting.id
                """,
                lowest,
                below,
                start.get("calendar_event", 0),
            )
        ):
            data = {"meeting": meeting["id"], "deadline": meeting["start"].isoformat(), "user": meeting["user"]}
            if meeting["activity"]:
                data["activity"] = meeting["activity"]
            row = {"lead_id": meeting["lead_id"], "model": "calendar.event", "res_id": meeting["id"], "data": data}
            planned = {"kind": "meeting_planned", "moment": meeting["create_date"], "actor_id": meeting["creator"]}
            rows.append({**row, **planned})
            took_place = meeting["active"] and not meeting["declined"] and meeting["stop"] <= began
            if took_place and meeting["id"] not in held:
                happened = {"kind": "meeting_held", "moment": meeting["stop"], "actor_id": meeting["organiser"]}
                rows.append({**row, **happened, "inferred": True})
        return rows
