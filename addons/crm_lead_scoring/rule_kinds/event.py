from odoo.tools import SQL

from .base import RuleKind


class EventHappened(RuleKind):
    """Each event of some kinds is a hit."""

    counts_hits = True

    def hits(self, env, rule, ids):
        return SQL(
            "SELECT %s::int, event.lead_id, event.moment, NULL::text FROM crm_lead_event event"
            " WHERE event.lead_id = ANY(%s::int[]) AND event.kind = ANY(%s) AND %s",
            rule.id,
            ids,
            sorted(self.events),
            self.narrowed(rule),
        )

    def narrowed(self, rule):
        """Which of the events count."""
        return SQL("TRUE")


class ActivityDone(EventHappened):
    """Activities done, calls and meetings among them, all or those of one type."""

    conditions = ("activity_type_id",)

    def narrowed(self, rule):
        if not rule.activity_type:
            return SQL("(event.kind = 'activity_done' OR event.data ->> 'type' IS NOT NULL)")
        return SQL("event.data ->> 'type' = %s", str(rule.activity_type))

    def words(self, env, rule):
        if not rule.activity_type_id:
            return super().words(env, rule)
        return env._("An activity of the type “%(type)s” was done", type=rule.activity_type_id.sudo().name)
