from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("proposed", "To Decide"),
    ("done", "Done"),
    ("dismissed", "Dismissed"),
    ("undone", "Undone"),
    ("outdated", "No Longer Due"),
]


class CrmResellerLevelChange(models.Model):
    """A partner who has earned another level: proposed by rules, decided by a person, and undone by one."""

    _name = "crm.reseller.level.change"
    _description = "Change of a Partner's Level"
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection([("up", "Up"), ("down", "Down")], required=True, readonly=True)
    from_grade_id = fields.Many2one(
        "res.partner.grade", "Level Now", required=True, readonly=True, index=True, ondelete="cascade"
    )
    to_grade_id = fields.Many2one(
        "res.partner.grade", "Level Earned", required=True, readonly=True, index=True, ondelete="cascade"
    )
    won_amount = fields.Monetary("Won", readonly=True, aggregator=None)
    won_count = fields.Integer("Deals Won", readonly=True, aggregator=None)
    reason = fields.Text("Why", readonly=True)
    state = fields.Selection(STATES, default="proposed", required=True, readonly=True, index=True)
    decided_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, index="btree_not_null", ondelete="set null"
    )
    decided_at = fields.Datetime("Decided", readonly=True)

    _proposed_uniq = models.UniqueIndex("(partner_id, company_id) WHERE state = 'proposed'")

    @api.depends("partner_id", "to_grade_id")
    def _compute_display_name(self):
        for change in self:
            change.display_name = self.env._(
                "%(partner)s: %(level)s", partner=change.partner_id.name, level=change.to_grade_id.name
            )

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("This is set by deciding on the change."))
        return super().write(vals)

    def action_confirm(self):
        changes = self._to_decide("proposed")
        changes._apply()
        return True

    def action_dismiss(self):
        """The partner keeps his level; a grace period begins anew."""
        changes = self._to_decide("proposed")
        changes.partner_id.sudo().write({"reseller_below_since": False})
        changes._decide("dismissed")
        return True

    def action_undo(self):
        for change in self._to_decide("done"):
            partner = change.partner_id.sudo()
            if partner.grade_id != change.to_grade_id:
                raise UserError(
                    self.env._("%(partner)s has got another level since. Set it by hand.", partner=partner.name)
                )
            partner.write({"grade_id": change.from_grade_id.id, "reseller_below_since": False})
            partner._message_log(body=self.env._("The change to %(level)s was undone.", level=change.to_grade_id.name))
            change._decide("undone")
        return True

    def _to_decide(self, state):
        """Checked against the person's rights, locked, then written with all rights."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        if other := self.filtered(lambda change: change.state != state)[:1]:
            raise UserError(self.env._("%(name)s was decided already.", name=other.display_name))
        return self.sudo()

    def _apply(self):
        """The new level, with the reason in the partner's chatter; who has got another level since is left alone."""
        due = self.filtered(lambda change: change.partner_id.grade_id == change.from_grade_id)
        (self - due).write({"state": "outdated"})
        for change in due:
            partner = change.partner_id.sudo()
            partner.write({"grade_id": change.to_grade_id.id, "reseller_below_since": False})
            partner._message_log(body=Markup("<p>%s</p>") % (change.reason or ""))
        due._decide("done")

    def _decide(self, state):
        self.write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
