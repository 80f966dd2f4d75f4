from odoo import api, models
from odoo.tools import SQL

from ..event_log.changes import MOVES
from ..event_log.past import Track, past_changes

TRACKED = (*("stage_id", "user_id", "team_id"), *("expected_revenue", "recurring_revenue"))
TRACKED += ("type", "won_status", "lost_reason_id", "active")
AMOUNTS = ("expected_revenue", "recurring_revenue")
LABELLED = ("type", "won_status")
ENDS = {"crm.mt_lead_won": "won", "crm.mt_lead_lost": "lost", "crm.mt_lead_restored": "restored"}
CHANGES = (*MOVES.values(), "amount_changed", "converted", "won", "lost", "reopened")
MERGED_LONG_AGO = -1  # as `origin_id`: of a lead that nobody knows any more


class CrmLeadEvent(models.Model):
    """The log of what happened before it began: from what Odoo kept, strictly below the ids that
    stood then. Telling it again tells nothing twice."""

    _inherit = "crm.lead.event"

    @api.model
    def _past_passes(self):
        """What is gone through, in this order: name of a table -> method that makes events of it.

        A method takes the lowest id, the id to stay below and what stood when the log began; it
        returns rows as `_insert` takes them, each with `model` and `res_id` of its source.
        """
        return {"crm_lead": self._past_of_leads}

    @api.model
    def _tell_past(self, name, lowest, below):
        """Tell the history of a range of ids.

        :return: how many events that were
        """
        rows = self._without_forgotten(self._past_passes()[name](lowest, below, self._log_start()))
        if rows:
            known = self._past_known({row["lead_id"] for row in rows})
            rows = [row for row in rows if known.isdisjoint(self._past_keys(row))]
            rows.sort(key=lambda row: row["moment"])
            self._insert(rows)
        return len(rows)

    @api.model
    def _past_keys(self, row):
        """By which it is known whether the log tells it already: its source, or, where that was
        blanked, its lead."""
        moment = row["moment"].replace(microsecond=0)
        return (row["kind"], row["model"], row["res_id"], moment), (row["kind"], None, row["lead_id"], moment)

    @api.model
    def _past_known(self, lead_ids):
        rows = self.env.execute_query(
            SQL(
                "SELECT kind, model, COALESCE(res_id, lead_id), moment FROM crm_lead_event WHERE lead_id = ANY(%s)",
                list(lead_ids),
            )
        )
        return set(rows)

    @api.model
    def _past_of_leads(self, lowest, below, start):
        leads = self._past_leads(lowest, below)
        if not leads:
            return []
        messages = self._past_messages(lowest, below, start)
        return [
            *self._past_changes(leads, lowest, below, start, self._past_merged(messages)),
            *self._past_talk(messages, self._past_told_elsewhere(lowest, below)),
            *self._past_steps(lowest, below, start, messages),
        ]

    @api.model
    def _past_leads(self, lowest, below):
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT lead.id, lead.create_date, creator.partner_id AS creator, lead.date_closed, lead.type,
                       lead.stage_id, lead.user_id, lead.team_id, lead.won_status, lead.lost_reason_id
                  FROM crm_lead lead LEFT JOIN res_users creator ON creator.id = lead.create_uid
                 WHERE lead.id >= %s AND lead.id < %s
                """,
                lowest,
                below,
            )
        )

    @api.model
    def _past_changes(self, leads, lowest, below, start, merged):
        tracks = self._past_tracks(lowest, below, start)
        later = self._grouped(
            SQL("lead_id, kind, data"),
            SQL(
                "lead_id >= %s AND lead_id < %s AND kind = ANY(%s) AND model IS NULL AND origin_id IS NULL",
                lowest,
                below,
                list(CHANGES),
            ),
        )
        won_stages = frozenset(self.env["crm.stage"].sudo().search([("is_won", "=", True)]).ids)
        rows = []
        for lead in leads:
            told, beginning = past_changes(
                tracks.get(lead["id"], []), lead, later.get(lead["id"], ()), won_stages, lead["id"] in merged
            )
            if lead["id"] <= start.get("crm_lead", 0):
                rows += self._past_beginning(lead, beginning)
            rows += [
                {
                    "lead_id": lead["id"],
                    "kind": event.kind,
                    "moment": event.track.moment,
                    "actor_id": event.track.actor,
                    "model": "mail.message",
                    "res_id": event.track.message,
                    "data": event.data,
                    "inferred": event.inferred,
                    "origin_id": MERGED_LONG_AGO if event.foreign else None,
                }
                for event in told
            ]
        return rows

    @api.model
    def _past_beginning(self, lead, values):
        """Created, and won or lost where nothing says when that was."""
        made = {"lead_id": lead["id"], "model": "crm.lead", "res_id": lead["id"]}
        data = {"type": values["type"], **{name[:-3]: values[name] for name in ("stage_id", "team_id", "user_id")}}
        rows = [
            {**made, "kind": "created", "moment": lead["create_date"], "actor_id": lead["creator"], "data": data},
        ]
        if values["won_status"] != "pending":
            is_lost = values["won_status"] == "lost"
            rows.append(
                {
                    **made,
                    "kind": values["won_status"],
                    "moment": max(lead["date_closed"] or lead["create_date"], lead["create_date"]),
                    "data": {"reason": lead["lost_reason_id"]} if is_lost else None,
                    "inferred": True,
                }
            )
        return rows

    @api.model
    def _past_tracks(self, lowest, below, start):
        """Lead id -> list of Track, oldest first."""
        names = {self.env["ir.model.fields"]._get("crm.lead", name).id: name for name in TRACKED}
        ends = {self.env["ir.model.data"]._xmlid_to_res_id(xmlid): end for xmlid, end in ENDS.items()}
        labels = {name: self._past_labels(name) for name in LABELLED}
        found = {}
        for value in self.env.execute_query_dict(
            SQL(
                """
                SELECT message.id, message.res_id, message.date, message.author_id, message.subtype_id,
                       message.create_date = lead.create_date AS at_creation, tracking.field_id,
                       tracking.old_value_integer AS old_id, tracking.new_value_integer AS new_id,
                       tracking.old_value_float AS old_number, tracking.new_value_float AS new_number,
                       tracking.old_value_char AS old_label, tracking.new_value_char AS new_label
                  FROM crm_lead lead
                  JOIN mail_message message ON message.model = 'crm.lead' AND message.res_id = lead.id
                  JOIN mail_tracking_value tracking ON tracking.mail_message_id = message.id
                 WHERE lead.id >= %s AND lead.id < %s AND message.id <= %s AND tracking.field_id = ANY(%s)
                 ORDER BY message.date, message.id
                """,
                lowest,
                below,
                start.get("mail_message", 0),
                list(names),
            )
        ):
            name = names[value["field_id"]]
            messages = found.setdefault(value["res_id"], {})
            if value["id"] not in messages:
                messages[value["id"]] = Track(
                    value["id"], value["date"], value["author_id"], {}, {},
                    ends.get(value["subtype_id"], ""), bool(value["at_creation"]),
                )  # fmt: skip
            track = messages[value["id"]]
            for side, values in (("old", track.old), ("new", track.new)):
                if name in AMOUNTS:
                    values[name] = value[f"{side}_number"] or 0.0
                elif name in LABELLED:
                    values[name] = labels[name].get(value[f"{side}_label"])
                else:
                    values[name] = value[f"{side}_id"] or None
        return {lead_id: list(messages.values()) for lead_id, messages in found.items()}

    @api.model
    def _past_labels(self, name):
        """Tracking kept a selection's word in the language of whoever changed it: word -> value."""
        field_id = self.env["ir.model.fields"]._get("crm.lead", name).id
        rows = self.env.execute_query(
            SQL("SELECT value, name FROM ir_model_fields_selection WHERE field_id = %s", field_id)
        )
        return {label: value for value, words in rows for label in words.values()}
