import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html


class CrmColumnChange(models.TransientModel):
    """Archive or restore all that a column of the pipeline shows; remembers how to undo it."""

    _name = "crm.column.change"
    _description = "Change of a Whole Pipeline Column"

    mode = fields.Selection([("archive", "Archive"), ("restore", "Restore")], required=True, readonly=True)
    domain = fields.Char(required=True, readonly=True, help="What the column shows, as JSON")
    column = fields.Char(readonly=True)
    lead_count = fields.Integer(compute="_compute_lead_count")
    note = fields.Text("Closing Note", help="Is added to the history of each of them.")
    # {"active": [ids], "archived": [ids], "lost": {"<reason id or 0>": [ids]}} as it was before
    before = fields.Json(readonly=True)
    is_done = fields.Boolean(readonly=True)

    @api.depends("domain", "mode")
    def _compute_lead_count(self):
        for change in self:
            change.lead_count = len(change._get_leads())

    def _get_lead_domain(self):
        """What the column shows and the mode can change."""
        self.ensure_one()
        shown = Domain(json.loads(self.domain or "[]"))
        if "active" not in {condition.field_expr for condition in shown.iter_conditions()}:
            shown &= Domain("active", "=", True)
        return shown & Domain("active", "=", self.mode == "archive")

    def _get_leads(self):
        leads = self.env["crm.lead"].with_context(active_test=False).search(self._get_lead_domain())
        return leads._filtered_access("write")

    def action_apply(self):
        self.ensure_one()
        leads = self._get_leads()
        if self.is_done or not leads:
            raise UserError(self.env._("There is nothing left to change in this column."))
        self.before = self._snapshot(leads)
        self.is_done = True
        if self.mode == "archive":
            leads.action_archive()
        else:
            lost = leads.filtered(lambda lead: lead.won_status == "lost")
            lost.action_restore()
            (leads - lost).action_unarchive()
        self._post_note(leads)
        return self._notify(leads)

    def action_undo(self):
        """Bring the leads back to what they were, those that nobody has changed since."""
        self.ensure_one()
        if not self.is_done:
            return False
        before, self.is_done = self.before, False
        Lead = self.env["crm.lead"].with_context(active_test=False)

        def untouched(ids, restored):
            """Those that are still as this change has left them."""
            leads = Lead.browse(ids).exists()._filtered_access("write")
            if restored:
                return leads.filtered(lambda lead: lead.active and lead.won_status == "pending")
            return leads.filtered(lambda lead: not lead.active and not lead.lost_reason_id)

        untouched(before["active"], restored=False).action_unarchive()
        untouched(before["archived"], restored=True).action_archive()
        for reason_id, ids in before["lost"].items():
            untouched(ids, restored=True).action_set_lost(lost_reason_id=int(reason_id))
        return True

    @api.model
    def _snapshot(self, leads):
        lost = leads.filtered(lambda lead: lead.won_status == "lost")
        return {
            "active": leads.filtered("active").ids,
            "archived": leads.filtered(lambda lead: not lead.active and lead not in lost).ids,
            "lost": {str(reason.id or 0): group.ids for reason, group in lost.grouped("lost_reason_id").items()},
        }

    def _post_note(self, leads):
        if self.note:
            body = plaintext2html(self.note)
            leads._message_log_batch(bodies={lead.id: Markup(body) for lead in leads})

    def _notify(self, leads):
        if self.mode == "archive":
            message = self.env._("%(count)s archived in %(column)s", count=len(leads), column=self.column)
        else:
            message = self.env._("%(count)s restored in %(column)s", count=len(leads), column=self.column)
        return {
            "type": "ir.actions.client",
            "tag": "crm_core.column_changed",
            "params": {"change_id": self.id, "message": message},
        }
