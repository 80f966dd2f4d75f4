from odoo import api, models

from .calendar_event import MERGING

# Fields whose change is an event
WATCHED = frozenset(
    (
        *("stage_id", "user_id", "team_id", "expected_revenue", "recurring_revenue", "date_deadline", "tag_ids"),
        *("type", "probability", "won_status"),
    )
)


class CrmLead(models.Model):
    """Tells the event log what changes, as tracking does: values before and after a transaction."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        pending = self.env["crm.lead.event"]._pending()
        if pending.is_on:
            kind = "imported" if self.env.context.get("import_file") else "created"
            pending.before.update(dict.fromkeys(leads._ids))
            pending.created.update(dict.fromkeys(leads._ids, kind))
            pending.users.update(dict.fromkeys(leads._ids, self.env.uid))
        return leads

    def write(self, vals):
        names = WATCHED.intersection(vals)
        if "stage_id" in names:
            names |= {"probability"}  # a won stage sets it
        self._event_remember(names)
        return super().write(vals)

    def unlink(self):
        log = self.env["crm.lead.event"].sudo()
        log._before_unlink(self)
        result = super().unlink()
        log._after_unlink(self)
        return result

    def _compute_field_value(self, field):
        # only what is being computed may be read here: anything else would be computed too early
        if field.store:
            self._event_remember(WATCHED.intersection(f.name for f in self.pool.field_computed[field] if f.store))
        return super()._compute_field_value(field)

    def _event_remember(self, names):
        """Keep the values that the leads have now, unless they are kept already."""
        if not names:
            return
        pending = self.env["crm.lead.event"]._pending()
        if not pending.is_on:
            return
        for lead in self.sudo():
            if not lead.id:
                continue
            known = pending.before.setdefault(lead.id, {})
            if known is None:
                continue
            pending.users.setdefault(lead.id, self.env.uid)
            for name in names:
                if name not in known:
                    known[name] = lead._event_value(name)

    def _event_value(self, name):
        """A watched value as id, number, code, ISO date or set of ids; None where there is none."""
        value, field = self[name], self._fields[name]
        if field.type == "many2one":
            return value.id or None
        if field.type == "many2many":
            return frozenset(value._ids)
        return value.isoformat() if field.type == "date" and value else value if value is not False else None

    def _event_beginning(self):
        return {
            "type": self.type,
            "stage": self.stage_id.id or None,
            "team": self.team_id.id or None,
            "user": self.user_id.id or None,
        }

    def _merge_dependences(self, opportunities):
        self.env["crm.lead.event"].sudo()._repoint(self, opportunities)
        return super(CrmLead, self.with_context(**{MERGING: True}))._merge_dependences(opportunities)

    def _message_receive_bounce(self, email, partner):
        self.env["crm.lead.event"]._record([{"lead_id": lead.id, "kind": "bounce"} for lead in self])
        return super()._message_receive_bounce(email, partner)
