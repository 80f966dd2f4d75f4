from odoo import api, fields, models
from odoo.tools import SQL

from ..event_log.as_of import DONE
from .mail_activity import DONE_KINDS

HELD_UNTIL = "crm_core.meetings_held_until"
MERGING = "crm_core_merging"  # context: meetings follow a lead into the one that it is merged into
BATCH = 1_000
TIMES = frozenset(("start", "stop", "duration", "opportunity_id"))
ENDS = frozenset(("stop", "duration"))
ONE_BY_ONE = ("all_events", "future_events")  # how Odoo then writes the meetings of a recurrence


class CalendarEvent(models.Model):
    """Tells the event log of meetings with a lead: planned, moved, cancelled and held.

    A meeting is held when its activity is marked done or, by a job, when it has ended: whichever
    comes first. To change a whole recurrence Odoo archives its meetings and makes others, those
    of the past too: of them nothing is told again.
    """

    _inherit = "calendar.event"

    _crm_core_ended_idx = models.Index("(stop) WHERE opportunity_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        meetings, now = super().create(vals_list), fields.Datetime.now()
        meetings.filtered(lambda meeting: not meeting.recurrency or meeting.stop > now)._event_record("meeting_planned")
        meetings._event_record_late()
        return meetings

    def write(self, vals):
        moving = "start" in vals and vals.get("recurrence_update") not in ONE_BY_ONE
        starts = {meeting: meeting.start for meeting in self} if moving else {}
        stops = {meeting: meeting.stop for meeting in self} if not ENDS.isdisjoint(vals) else {}
        leads = self._event_leads() if "opportunity_id" in vals and not self.env.context.get(MERGING) else {}
        switched = (
            self.filtered(lambda meeting: meeting.active != bool(vals["active"])) if "active" in vals else self[:0]
        )
        late = not TIMES.isdisjoint(vals)
        result = super().write(vals)
        linked = self._event_record_left(leads)
        (linked | switched._event_reopened())._event_record("meeting_planned")
        switched.filtered(lambda meeting: not meeting.active)._event_record_cancelled()
        moved = self.filtered(lambda meeting: meeting in starts and meeting.start != starts[meeting]) - linked
        moved._event_record("meeting_moved")
        self.filtered(lambda meeting: meeting in stops and meeting.stop != stops[meeting])._event_ends_otherwise()
        if late:
            self._event_record_late()
        return result

    def unlink(self):
        self._event_record_cancelled()
        return super().unlink()

    def _event_leads(self):
        return {meeting: meeting.opportunity_id.id for meeting in self.sudo()}

    def _event_record_left(self, leads):
        """For the leads that meetings belonged to before, these are cancelled, unless they were held.

        :param dict leads: meeting -> id of its lead before
        :return: those that have come to another lead
        """
        changed = [(meeting, lead_id) for meeting, lead_id in leads.items() if meeting.opportunity_id.id != lead_id]
        left = self.browse(meeting.id for meeting, lead_id in changed if lead_id)
        left -= left._event_held([lead_id for _meeting, lead_id in changed if lead_id])
        rows = [
            {**meeting._event_row("meeting_cancelled"), "lead_id": lead_id}
            for meeting, lead_id in changed
            if meeting in left
        ]
        self.env["crm.lead.event"]._record(rows)
        return self.browse(meeting.id for meeting, _lead_id in changed if meeting.opportunity_id)

    # -- what is told --------------------------------------------------------------------------

    def _event_record(self, kind):
        meetings = self.filtered(lambda meeting: meeting.sudo().opportunity_id)
        self.env["crm.lead.event"]._record([meeting.sudo()._event_row(kind) for meeting in meetings])

    def _event_ends_otherwise(self):
        """No event, but for how long the lead has a next step follows from it."""
        self.env["crm.lead.event"]._touch(self.sudo().opportunity_id.ids)

    def _event_row(self, kind):
        data = {"meeting": self.id, "deadline": self.start.isoformat(), "user": self.user_id.id or None}
        if self.activity_ids:
            data["activity"] = self.activity_ids[0].id
        return {
            "lead_id": self.opportunity_id.id,
            "kind": kind,
            "model": self._name,
            "res_id": self.id,
            "data": data,
        }

    def _event_reopened(self):
        now = fields.Datetime.now()
        return self.filtered(lambda meeting: meeting.active and meeting.stop > now)

    def _event_record_cancelled(self):
        """A meeting that was held stays so, whatever becomes of its record."""
        (self - self._event_held(self.sudo().opportunity_id.ids))._event_record("meeting_cancelled")

    # -- held ----------------------------------------------------------------------------------

    def _event_held(self, lead_ids):
        """Which of these meetings the log of the leads tells as held."""
        if not (self.ids and lead_ids):
            return self.browse()
        found = self.env.execute_query(
            SQL(
                "SELECT DISTINCT res_id FROM crm_lead_event"
                " WHERE lead_id = ANY(%s) AND model = %s AND res_id = ANY(%s) AND kind = ANY(%s)",
                list(lead_ids),
                self._name,
                self.ids,
                list(DONE),
            )
        )
        return self.browse(row[0] for row in found)

    def _event_record_held(self):
        """Tell these meetings, which have ended, as held; each once, and not where nobody came."""
        meetings = self.sudo()
        rows = []
        for meeting in meetings - meetings._event_held(meetings.opportunity_id.ids):
            if not meeting._event_took_place():
                continue
            kind, direction = DONE_KINDS.get(meeting.activity_ids[:1].activity_category, DONE_KINDS["meeting"])
            organizer = meeting.user_id.partner_id.id or None
            told = {"direction": direction, "moment": meeting.stop, "actor_id": organizer}
            rows.append(meeting._event_row(kind) | told)
        self.env["crm.lead.event"]._record(rows)

    def _event_took_place(self):
        made_afterwards = self.recurrency and self.create_date > self.stop
        declined = self.is_organizer_alone or set(self.attendee_ids.mapped("state")) == {"declined"}
        return self.active and not made_afterwards and not declined

    def _event_record_late(self):
        """Meetings entered after their end are held at once: the job may have gone past them."""
        start, now = self.env["crm.lead.event"]._log_start().get("moment"), fields.Datetime.now()
        if not start:
            return
        begun = fields.Datetime.to_datetime(start)
        self.sudo().filtered(
            lambda meeting: meeting.opportunity_id and not meeting.recurrency and begun < meeting.stop <= now
        )._event_record_held()

    # -- the job -------------------------------------------------------------------------------

    @api.model
    def _cron_meetings_held(self):
        """Tell the meetings that have ended since the last run, the first time since the log began."""
        log, parameters = self.env["crm.lead.event"], self.env["ir.config_parameter"].sudo()
        until = parameters.get_param(HELD_UNTIL) or log._log_start().get("moment")
        if not until:
            return
        after, now = fields.Datetime.to_datetime(until), fields.Datetime.now()
        log._flush()
        while meetings := self._event_ended(after, now):
            meetings._event_record_held()
            after = meetings[-1].stop
            parameters.set_param(HELD_UNTIL, fields.Datetime.to_string(after))
            if not self.env["ir.cron"]._commit_progress(len(meetings), remaining=int(len(meetings) >= BATCH)):
                return

    @api.model
    def _event_ended(self, after, now):
        """The next meetings with leads that ended after a moment; those of one second come together."""
        ended = [("opportunity_id", "!=", False), ("stop", ">", after), ("stop", "<=", now)]
        last = self.search(ended, order="stop", offset=BATCH - 1, limit=1)
        return self.search([*ended, ("stop", "<=", last.stop or now)], order="stop, id")
