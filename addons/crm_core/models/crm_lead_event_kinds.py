from odoo import api, models
from odoo.tools import ormcache
from odoo.tools.translate import LazyTranslate

from ..event_log.kinds import EventKind

_lt = LazyTranslate(__name__)


class CrmLeadEvent(models.Model):
    """What can happen to a lead, and what each of it means."""

    _inherit = "crm.lead.event"

    @api.model
    @ormcache()
    def _event_kinds(self):
        """Technical name -> EventKind. Addons add theirs: `{**super()._event_kinds(), …}`."""
        step = ("type", "deadline", "user", "meeting", "activity")
        return {
            "created": EventKind(_lt("Created"), "fa-plus", data=("type", "stage", "team", "user")),
            "imported": EventKind(_lt("Imported"), "fa-upload", data=("type", "stage", "team", "user")),
            "message_in": EventKind(_lt("Customer wrote"), "fa-envelope-o", "talk", True, "in", ("answers",)),
            "message_out": EventKind(_lt("Message to the customer"), "fa-envelope", "talk", contact="out"),
            "note": EventKind(_lt("Note"), "fa-sticky-note-o", "talk"),
            "auto_reply": EventKind(_lt("Automatic answer"), "fa-reply", "talk", data=("answers",)),
            "bounce": EventKind(_lt("Mail came back"), "fa-exclamation-triangle", "talk"),
            "call_out": EventKind(_lt("Call"), "fa-phone", "talk", contact="out", data=step),
            "sms_out": EventKind(_lt("SMS"), "fa-mobile", "talk", contact="out"),
            "activity_planned": EventKind(_lt("Activity planned"), "fa-clock-o", "step", data=step),
            "activity_moved": EventKind(_lt("Activity moved"), "fa-clock-o", "step", data=step),
            "activity_done": EventKind(_lt("Activity done"), "fa-check", "step", data=step),
            "activity_cancelled": EventKind(_lt("Activity cancelled"), "fa-times", "step", data=step),
            "meeting_planned": EventKind(_lt("Meeting planned"), "fa-calendar-o", "step", data=step),
            "meeting_moved": EventKind(_lt("Meeting moved"), "fa-calendar-o", "step", data=step),
            "meeting_cancelled": EventKind(_lt("Meeting cancelled"), "fa-calendar-times-o", "step", data=step),
            "meeting_held": EventKind(_lt("Meeting held"), "fa-users", "talk", True, "both", step),
            "stage_moved": EventKind(_lt("Stage"), "fa-arrows-h", data=("from", "to")),
            "owner_changed": EventKind(_lt("Salesperson"), "fa-user-o", data=("from", "to")),
            "team_changed": EventKind(_lt("Sales team"), "fa-users", data=("from", "to")),
            "amount_changed": EventKind(
                _lt("Expected revenue"), "fa-money", data=("from", "to", "recurring_from", "recurring_to")
            ),
            "closing_date_moved": EventKind(_lt("Expected closing"), "fa-flag-o", data=("from", "to")),
            "probability_set": EventKind(_lt("Probability"), "fa-percent", data=("from", "to")),
            "tagged": EventKind(_lt("Tags"), "fa-tags", data=("added", "removed")),
            "converted": EventKind(_lt("Became an opportunity"), "fa-star-o"),
            "won": EventKind(_lt("Won"), "fa-trophy"),
            "lost": EventKind(_lt("Lost"), "fa-thumbs-o-down", data=("reason",)),
            "reopened": EventKind(_lt("Reopened"), "fa-undo", data=("from",)),
            "sent_to_sleep": EventKind(_lt("Sent to sleep"), "fa-moon-o", "step", data=("until",)),
            "woken": EventKind(_lt("Woken up"), "fa-sun-o", "step"),
            "merged": EventKind(_lt("Merged"), "fa-compress", data=("from",)),
        }

    @api.model
    def _selection_kind(self):
        return [(name, str(kind.label)) for name, kind in self._event_kinds().items()]

    @api.model
    def _contact_kinds(self, direction):
        """Names of the kinds by which the customer reached us (`in`) or we him (`out`)."""
        return [name for name, kind in self._event_kinds().items() if kind.contact in (direction, "both")]

    @api.model
    def _touch_kinds(self):
        return [name for name, kind in self._event_kinds().items() if kind.touch]
