from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_amount, format_date, format_datetime

from ..event_log.answers import answers

PAGE = 60
# data that is an id: the model whose name is shown
NAMED = {
    "stage_moved": "crm.stage",
    "owner_changed": "res.users",
    "team_changed": "crm.team",
    "lost": "crm.lost.reason",
    "tagged": "crm.tag",
}
SECOND = timedelta(seconds=1)


class CrmLead(models.Model):
    """Shows the event log of a lead to whoever may see the lead."""

    _inherit = "crm.lead"

    last_contact_date = fields.Datetime("Last Contact", compute="_compute_last_contact", groups="base.group_user")
    last_contact_direction = fields.Selection(
        [("in", "Customer"), ("out", "We")],
        string="Last Contact By",
        compute="_compute_last_contact",
        groups="base.group_user",
    )

    def _compute_last_contact(self):
        log = self.env["crm.lead.event"].sudo()
        log._flush()
        outs, both = log._contact_kinds("out"), log._contact_kinds("in") + log._contact_kinds("out")
        found = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (lead_id) lead_id, moment, kind = ANY(%s) FROM crm_lead_event"
                " WHERE lead_id = ANY(%s) AND kind = ANY(%s) ORDER BY lead_id, moment DESC, id DESC",
                outs,
                self._origin.ids,
                both,
            )
        )
        last = {lead_id: (moment, "out" if is_out else "in") for lead_id, moment, is_out in found}
        for lead in self:
            lead.last_contact_date, lead.last_contact_direction = last.get(lead._origin.id, (False, False))

    @api.readonly
    def get_timeline(self, before=False, groups=False, limit=PAGE):
        """What happened to this lead, the latest first.

        :param before: where the page before ended, as its `next` says
        :param groups: names of groups of kinds, default all
        :return: what the timeline shows (see `static/src/timeline`)
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees see the timeline of a lead."))
        log = self.env["crm.lead.event"].sudo()
        log._flush()
        kinds = log._event_kinds()
        domain = Domain("lead_id", "=", self.id)
        if groups:
            domain &= Domain("kind", "in", [name for name, kind in kinds.items() if kind.group in groups])
        if before:
            moment, event_id = before
            domain &= Domain("moment", "<", moment) | (Domain("moment", "=", moment) & Domain("id", "<", event_id))
        limit = min(int(limit), PAGE)
        events = log.search(domain, order="moment DESC, id DESC", limit=limit + 1)
        shown = events[:limit]
        last = shown[-1:]
        return {
            "events": self._timeline_rows(shown, kinds),
            "next": [fields.Datetime.to_string(last.moment), last.id] if len(events) > limit else False,
            "groups": [
                {"name": "talk", "label": self.env._("Conversation")},
                {"name": "step", "label": self.env._("Activities")},
                {"name": "change", "label": self.env._("Changes")},
            ],
            "note": self._timeline_note(log),
        }

    def _timeline_note(self, log):
        notes = []
        start = log._log_start().get("moment")
        if start and not log._is_past_told() and fields.Datetime.to_string(self.create_date) < start:
            day = format_date(self.env, start, date_format="long")
            notes.append(self.env._("What happened before %(day)s is not in the log.", day=day))
        forgotten = log._forgotten_until(list(log._event_kinds()))
        if forgotten and self.create_date < forgotten and (not self.active or self.won_status != "pending"):
            day = format_date(self.env, forgotten.date(), date_format="long")
            notes.append(self.env._("Some of what happened before %(day)s is no longer kept.", day=day))
        return " ".join(notes)

    def _timeline_rows(self, events, kinds):
        actors = self._timeline_actors(events)
        names, answered = self._timeline_names(events), self._timeline_answers(kinds)
        rows = []
        for event in events:
            kind, data = kinds.get(event.kind), event.data or {}
            if not kind:  # of an addon that is gone
                continue
            after = answered.get(event.id)
            rows.append(
                {
                    "id": event.id,
                    "kind": event.kind,
                    "label": str(kind.label),
                    "icon": kind.icon,
                    "group": kind.group,
                    "moment": fields.Datetime.to_string(event.moment),
                    "actor": actors.get(event.actor_id) or False,
                    "direction": event.direction or (kind.contact if kind.contact in ("in", "out") else False),
                    "text": self._timeline_text(event.kind, data, names),
                    "after": {"minutes": after // (60 * SECOND), "of": "answer"} if after is not None else False,
                    "inferred": event.inferred,
                    "source": {"model": event.model, "id": event.res_id} if event.model else False,
                }
            )
        return rows

    def _timeline_actors(self, events):
        """Id of who acted -> his name; of one who was merged, the name of who stays. Deleted ones are left out."""
        ids = set(filter(None, events.mapped("actor_id")))
        partners = self.env["res.partner"].sudo().browse(ids).exists()
        names = {partner.id: partner.name for partner in partners}
        if gone := ids - set(names):
            stays = self.env["crm.lead.event.erasure"]._stays_for(gone)
            there = partners.browse(set(stays.values())).exists()
            names |= {partner_id: there.browse(into).name for partner_id, into in stays.items() if into in there._ids}
        return names

    def _timeline_answers(self, kinds):
        contact = {name: kind.contact for name, kind in kinds.items() if kind.contact}
        found = self.env.execute_query(
            SQL(
                "SELECT id, moment, kind FROM crm_lead_event WHERE lead_id = %s AND kind = ANY(%s) ORDER BY moment, id",
                self.id,
                list(contact),
            )
        )
        return answers((event_id, moment, contact[kind]) for event_id, moment, kind in found)

    def _timeline_names(self, events):
        """(model, id) -> name of all that the events point to and that is still there."""
        wanted = {}
        for event in events:
            data = event.data or {}
            if model := NAMED.get(event.kind):
                for value in (data.get("from"), data.get("to"), data.get("reason")):
                    wanted.setdefault(model, set()).add(value)
                wanted[model].update(data.get("added", ()), data.get("removed", ()))
            elif data.get("type") and isinstance(data["type"], int):
                wanted.setdefault("mail.activity.type", set()).add(data["type"])
        return {
            (model, record.id): record.display_name
            for model, ids in wanted.items()
            for record in self.env[model].sudo().browse(ids - {None}).exists()
        }

    def _timeline_text(self, kind, data, names):
        """In words, in the reader's language, what changed."""
        model = NAMED.get(kind)

        def word(value):
            if value is None or value is False:
                return self.env._("none")
            if model:
                return names.get((model, value)) or self.env._("a deleted one")
            return value

        if kind == "tagged":
            return " ".join([f"+{word(tag)}" for tag in data["added"]] + [f"−{word(tag)}" for tag in data["removed"]])
        if kind == "lost":
            return word(data["reason"]) if data.get("reason") else ""
        if "from" in data and "to" in data:
            return self.env._(
                "From %(old)s to %(new)s",
                old=self._timeline_value(kind, word(data["from"])),
                new=self._timeline_value(kind, word(data["to"])),
            )
        # a call or a meeting says by itself what it is
        parts = [names.get(("mail.activity.type", data.get("type")))] if kind.startswith("activity") else []
        if deadline := data.get("deadline"):
            parts.append(self._timeline_day(deadline))
        return ", ".join(filter(None, parts))

    def _timeline_value(self, kind, value):
        if kind == "amount_changed" and isinstance(value, int | float):
            return format_amount(self.env, value, self.company_currency)
        if kind == "closing_date_moved" and value != self.env._("none"):
            return format_date(self.env, value)
        return value

    def _timeline_day(self, deadline):
        if "T" in deadline:
            return format_datetime(self.env, datetime.fromisoformat(deadline), dt_format="short")
        return format_date(self.env, date.fromisoformat(deadline))
