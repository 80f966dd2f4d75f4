from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .alike import copies, rows
from .crm_lead_lookalike import MARKED
from .mail_followers import FOLLOWERS

COLLECT = "crm_assignment_collect"  # context: tracking notes are gathered and written at once
NOTES = "crm_assignment.notes"
COLUMNS = ("res_id", "message_id")  # what each note has of its own
OWN = (*COLUMNS, "tracking_value_ids")


class CrmLead(models.Model):
    """Gives leads to people in bulk, as if a person had: owner, team, dates, followers, tracking notes."""

    _inherit = "crm.lead"

    @api.model
    def _lock_waiting(self, lead_ids, teams):
        """Those of the leads that still wait, held until the transaction ends; what somebody is just writing is left.

        :return: list of ids
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_lead WHERE id = ANY(%s) AND user_id IS NULL AND active AND won_status = 'pending'"
                " AND (team_id IS NULL OR team_id = ANY(%s)) FOR NO KEY UPDATE SKIP LOCKED",
                list(lead_ids),
                teams.ids,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _give(self, placed):
        """Write who has which lead now.

        :param dict placed: lead id -> (crm.team, res.users), the user may be empty
        """
        groups = defaultdict(list)
        for lead in self.browse(placed):
            team, user = placed[lead.id]
            vals = {"team_id": team.id, **({"user_id": user.id} if user else {})}
            if user and team.assignment_convert and lead.type == "lead":
                vals.update(lead._convert_opportunity_data(lead.partner_id, team.id))
            groups[tuple(vals.items())].append(lead.id)
        for vals, lead_ids in groups.items():
            vals = dict(vals)
            leads = self.browse(lead_ids).with_context(mail_auto_subscribe_no_notify=True, **{FOLLOWERS: True})
            company = self.env["crm.team"].browse(vals["team_id"]).company_id
            (leads.with_company(company) if company else leads).write(vals)
        self.env["mail.followers"].sudo()._write_gathered()
        self._finalize_notes()

    def _check_company(self, fnames=None):
        """What is given at once has the same owner and team: one lead of each company stands for all of it."""
        if self.env.context.get(FOLLOWERS):
            leads = self.browse(found[0].id for found in self.grouped("company_id").values())
            return super(CrmLead, leads)._check_company(fnames)
        return super()._check_company(fnames)

    @api.model
    def _finalize_notes(self):
        """Write the tracking notes of this transaction in bulk rather than one by one."""
        self.env.flush_all()
        precommit = self.env.cr.precommit.data
        precommit[NOTES] = []
        try:
            self.with_context(**{COLLECT: True})._track_finalize()
        finally:
            gathered = precommit.pop(NOTES)
        groups = defaultdict(list)
        for note in gathered:
            groups[repr({**note, **dict.fromkeys(OWN)})].append(note)
        values = []
        for notes in groups.values():
            for message_id, note in zip(self._write_notes(notes), notes, strict=True):
                tracked = note["tracking_value_ids"] or []
                values += [{**vals, "mail_message_id": message_id} for _create, _zero, vals in tracked]
        tracking = self.env["mail.tracking.value"].sudo()
        rows(tracking, [vals for vals in values if "field_info" not in vals])
        tracking.create([vals for vals in values if "field_info" in vals])  # of properties, as JSON

    @api.model
    def _write_notes(self, notes):
        """Notes that differ only in OWN.

        :return: list of their ids, in the same order
        """
        first = self.sudo()._message_create([{**notes[0], "tracking_value_ids": False}])
        columns = {name: [note[name] for note in notes[1:]] for name in COLUMNS}
        ids = [first.id, *copies(first, columns)]
        self.browse(columns["res_id"]).modified(["message_ids"])
        return ids

    def _message_log_batch(self, bodies, **kwargs):
        if not self.env.context.get(COLLECT):
            return super()._message_log_batch(bodies, **kwargs)
        return super(CrmLead, self.with_context(**{COLLECT: "note"}))._message_log_batch(bodies, **kwargs)

    def _message_create(self, values_list):
        if self.env.context.get(COLLECT) == "note":
            self.env.cr.precommit.data[NOTES] += values_list
            return self.env["mail.message"]
        return super()._message_create(values_list)

    @api.model
    def _mark_lookalikes(self, lookalikes):
        """Link leads to what they look like; a person decides what to do about it.

        :param dict lookalikes: lead id -> lead id
        """
        if not lookalikes:
            return
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param(MARKED):
            parameters.set_param(MARKED, True)
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET lookalike_of_id = new.other FROM unnest(%s::int[], %s::int[]) AS new(lead, other)"
                " WHERE id = new.lead",
                list(lookalikes),
                list(lookalikes.values()),
            )
        )
        self.browse(lookalikes).invalidate_recordset(["lookalike_of_id"])

    # -- why -----------------------------------------------------------------------------------

    @api.model
    def _tell_assigned(self, rows, ids):
        """One event for each lead that somebody was given, with the decision as its source."""
        self.env["crm.lead.event"]._record(
            [
                {
                    "lead_id": row["lead_id"],
                    "kind": "assigned",
                    "moment": fields.Datetime.now(),
                    "model": "crm.assignment.decision",
                    "res_id": decision_id,
                    "data": {"user": row["user_id"], "team": row["team_id"], "why": row["why"]},
                }
                for row, decision_id in zip(rows, ids, strict=True)
                if row.get("user_id")
            ]
        )
