from odoo import api, models


class CalendarEvent(models.Model):
    """Tells the event log of meetings with a lead."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._event_record("meeting_planned")
        return meetings

    def write(self, vals):
        starts = {meeting: meeting.start for meeting in self} if "start" in vals else {}
        linked = self.filtered(lambda meeting: not meeting.opportunity_id) if vals.get("opportunity_id") else self[:0]
        result = super().write(vals)
        linked._event_record("meeting_planned")
        moved = self.filtered(lambda meeting: meeting in starts and meeting.start != starts[meeting]) - linked
        moved._event_record("meeting_moved")
        return result

    def unlink(self):
        self._event_record("meeting_cancelled")
        return super().unlink()

    def _event_record(self, kind):
        meetings = self.filtered(lambda meeting: meeting.sudo().opportunity_id)
        self.env["crm.lead.event"]._record([meeting.sudo()._event_row(kind) for meeting in meetings])

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
