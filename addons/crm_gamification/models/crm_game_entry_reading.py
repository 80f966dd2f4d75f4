from collections import defaultdict
from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.tools import SQL

from ..ledger.facts import CLOSING, LOST, OWNER, REOPENED, TEAM, WON, Event, Guards, Kin, Lead
from ..ledger.work import CALL, DONE, MEETING, PLANNED

OUTCOMES = (WON, LOST, REOPENED)
COURSES = (OWNER, TEAM, CLOSING)
KIN = 200  # so many other deals of one customer are looked at
GUARDS = {
    "game_least_amount": "least_amount",
    "game_least_age": "least_age",
    "game_duplicate": "duplicate",
    "game_again": "again",
    "game_reassigned": "reassigned",
    "game_call": "call",
    "game_unknown_calls": "unknown_calls",
    "game_one_call": "one_call",
    "game_planned": "planned",
    "game_asleep": "asleep",
    "game_lost_for": "lost_for",
}


class CrmGameEntry(models.Model):
    """Reads what the ledger is made from: a fixed number of queries, however many leads."""

    _inherit = "crm.game.entry"

    @api.model
    def _ledger_kinds(self):
        """Kinds of events that entries come from, those of contacts included."""
        log = self.env["crm.lead.event"]
        kinds = {*OUTCOMES, OWNER, TEAM, CLOSING, CALL, MEETING, DONE, PLANNED, "merged"}
        return kinds.union(log._contact_kinds("in"), log._contact_kinds("out"))

    @api.model
    def _ledger_kin_of(self, lead_ids):
        """Ids of the won leads of the same customers: what counts of them may depend on these."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT kin.id FROM crm_lead lead CROSS JOIN LATERAL (%s) kin
                 WHERE lead.id = ANY(%s) AND kin.won_status = 'won'
                """,
                self._kin_sql(),
                list(lead_ids),
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _kin_sql(self):
        """Other deals of the customer of `lead`, of its mail address or its phone number, in its company."""
        return SQL(
            """
            SELECT other.id, date_trunc('second', other.create_date) AS create_date, other.date_closed,
                   other.won_status,
                   COALESCE(partner.commercial_partner_id = (
                       SELECT commercial_partner_id FROM res_partner WHERE id = lead.partner_id), FALSE) AS customer
              FROM crm_lead other LEFT JOIN res_partner partner ON partner.id = other.partner_id
             WHERE other.id IN (
                       SELECT id FROM crm_lead WHERE email_normalized = lead.email_normalized
                        UNION ALL
                       SELECT id FROM crm_lead WHERE phone_sanitized = lead.phone_sanitized
                        UNION ALL
                       SELECT same.id FROM crm_lead same JOIN res_partner theirs ON theirs.id = same.partner_id
                        WHERE theirs.commercial_partner_id = (
                              SELECT commercial_partner_id FROM res_partner WHERE id = lead.partner_id))
               AND other.id != lead.id AND other.company_id IS NOT DISTINCT FROM lead.company_id
             ORDER BY other.date_closed, other.id LIMIT %s
            """,
            KIN,
        )

    @api.model
    def _ledger_facts(self, lead_ids):
        """[(Lead, Guards, company id or None)] of these leads; for those of no company the first one's guards hold."""
        events = self._ledger_events(lead_ids)
        followed = fields.Datetime.to_datetime(self.env["crm.lead.event"]._log_start().get("moment"))
        return [
            (
                Lead(
                    id=row["id"],
                    created=row["create_date"],
                    author=row["create_uid"],
                    user=row["user_id"],
                    team=row["team_id"],
                    amount=float(row["amount"]),
                    customer=bool(row["partner_id"]),
                    closing=row["date_deadline"] and row["date_deadline"].isoformat(),
                    followed=followed,
                    events=self._ledger_outcome(events[row["id"]], row),
                    kin=tuple(self._ledger_kin(row["kin"] or ())),
                ),
                Guards(**{name: row[column] or 0 for column, name in GUARDS.items()}),
                row["company_id"],
            )
            for row in self.env.execute_query_dict(
                SQL(
                    """
                    SELECT lead.id, date_trunc('second', lead.create_date) AS create_date, lead.create_uid,
                           lead.user_id, lead.team_id, lead.company_id, lead.partner_id,
                           COALESCE(NULLIF(lead.expected_revenue, 'NaN'), 0) AS amount, lead.won_status,
                           lead.date_closed, lead.date_deadline, kin.told AS kin, %(guards)s
                      FROM crm_lead lead
                      JOIN res_company company
                        ON company.id = COALESCE(lead.company_id, (SELECT min(id) FROM res_company))
                      LEFT JOIN LATERAL (
                           SELECT json_agg(json_build_array(kin.id, extract(epoch FROM kin.create_date),
                                           extract(epoch FROM kin.date_closed), kin.won_status, kin.customer)) AS told
                             FROM (%(kin)s) kin) kin ON lead.won_status = 'won'
                     WHERE lead.id = ANY(%(ids)s) AND lead.create_date IS NOT NULL
                     ORDER BY lead.id
                    """,
                    kin=self._kin_sql(),
                    guards=SQL(", ").join(SQL.identifier("company", name) for name in GUARDS),
                    ids=list(lead_ids),
                )
            )
        ]

    @api.model
    def _ledger_kin(self, told):
        for kin_id, created, closed, status, customer in told:
            yield Kin(kin_id, _moment(created), closed and _moment(closed), status == "won", status == "lost", customer)

    @api.model
    def _ledger_outcome(self, events, row):
        """The events; where none tells that a lead was won or lost before the log began, the lead itself does."""
        status = row["won_status"]
        if status in (WON, LOST) and row["date_closed"]:
            last = next((event.kind for event in reversed(events) if event.kind in OUTCOMES and not event.merged), None)
            if last != status:
                events = sorted([*events, Event(0, status, row["date_closed"])], key=lambda event: event.moment)
        return tuple(events)

    @api.model
    def _ledger_events(self, lead_ids):
        """lead id -> [Event], the earliest first."""
        kinds = self.env["crm.lead.event"]._event_kinds()
        found = defaultdict(list)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT event.lead_id, event.id, event.kind, event.moment, event.data, event.model, event.res_id,
                       event.origin_id, colleague.id AS user_id,
                       CASE WHEN event.kind = %(call)s THEN meeting.duration * 60 END AS minutes
                  FROM crm_lead_event event
                  LEFT JOIN LATERAL (
                       SELECT min(id) AS id FROM res_users WHERE partner_id = event.actor_id AND share IS NOT TRUE
                       ) colleague ON TRUE
                  LEFT JOIN calendar_event meeting ON event.model = 'calendar.event' AND meeting.id = event.res_id
                 WHERE event.lead_id = ANY(%(ids)s) AND event.kind = ANY(%(kinds)s)
                 ORDER BY event.lead_id, event.moment, event.id
                """,
                call=CALL,
                ids=list(lead_ids),
                kinds=sorted(self._ledger_kinds()),
            )
        )
        for row in rows:
            data = row["data"] or {}
            is_step = row["model"] == "mail.activity"
            found[row["lead_id"]].append(
                Event(
                    id=row["id"],
                    kind=row["kind"],
                    moment=row["moment"],
                    user=row["user_id"],
                    before=data.get("from") or None if row["kind"] in COURSES else None,
                    after=data.get("to") or None if row["kind"] in COURSES else None,
                    contact=kinds[row["kind"]].contact if row["kind"] in kinds else "",
                    step=row["res_id"] if is_step else None,
                    deadline=data.get("deadline") if is_step else None,
                    minutes=row["minutes"],
                    merged=bool(row["origin_id"]),
                )
            )
        return found


def _moment(seconds):
    return datetime.fromtimestamp(float(seconds), UTC).replace(tzinfo=None)
