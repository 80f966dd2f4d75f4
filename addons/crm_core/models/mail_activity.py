from odoo import api, models

DONE = "crm_core_activity_done"  # context: archived because it is done
DONE_KINDS = {"phonecall": ("call_out", "out"), "meeting": ("meeting_held", "")}


def done_as(category):
    """The event, kind and direction, that an activity of this category is when it is done."""
    return DONE_KINDS.get(category, ("activity_done", ""))


class MailActivity(models.Model):
    """Tells the event log of steps planned, moved, done and cancelled.

    What belongs to a meeting in the calendar is told by the meeting, but for its being held: the
    activity tells that where it is done before the meeting has ended and told it by itself.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._event_record("activity_planned")
        return activities

    def write(self, vals):
        days = {activity: activity.date_deadline for activity in self._on_leads()} if "date_deadline" in vals else {}
        switched = self.browse()
        if "active" in vals and not self.env.context.get(DONE):
            switched = self.filtered(lambda activity: activity.active != bool(vals["active"]))
        result = super().write(vals)
        moved = self.filtered(lambda activity: activity in days and activity.date_deadline != days[activity])
        moved._event_record("activity_moved")
        switched._event_record("activity_planned" if vals.get("active") else "activity_cancelled")
        return result

    def unlink(self):
        self.filtered("active")._event_record("activity_cancelled")
        return super().unlink()

    def _action_done(self, feedback=False, attachment_ids=False):
        self._on_leads()._event_record_done()
        return super(MailActivity, self.with_context(**{DONE: True}))._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )

    def _on_leads(self):
        return self.filtered(lambda activity: activity.res_model == "crm.lead" and activity.res_id)

    def _event_record(self, kind):
        own = self._on_leads().filtered(lambda activity: not activity.calendar_event_id)
        self.env["crm.lead.event"]._record([activity._event_row(kind) for activity in own])

    def _event_record_done(self):
        held = self.sudo().calendar_event_id._event_held(self.mapped("res_id"))
        rows = [
            activity._event_row(*done_as(activity.activity_category))
            for activity in self
            if activity.calendar_event_id not in held
        ]
        self.env["crm.lead.event"]._record(rows)

    def _event_row(self, kind, direction=""):
        meeting = self.calendar_event_id
        data = {
            "type": self.activity_type_id.id or None,
            "deadline": self.date_deadline.isoformat(),
            "user": self.user_id.id or None,
        }
        if meeting:
            data |= {"meeting": meeting.id, "activity": self.id}
        return {
            "lead_id": self.res_id,
            "kind": kind,
            "direction": direction,
            "model": (meeting or self)._name,
            "res_id": (meeting or self).id,
            "data": data,
        }
