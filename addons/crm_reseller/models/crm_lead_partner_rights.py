from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..pipeline import allowed


class CrmLead(models.Model):
    """What a partner may do with leads, in one place. Without the portal of the partners all is as in Odoo."""

    _inherit = "crm.lead"

    partner_may_see = fields.Boolean(
        compute="_compute_partner_may_see",
        search="_search_partner_may_see",
        compute_sudo=True,
        help="By the role of the partner who asks.",
    )

    @api.depends("partner_assigned_id")
    @api.depends_context("uid")
    def _compute_partner_may_see(self):
        mine = self.sudo().filtered_domain(self._partner_domain())
        for lead in self:
            lead.partner_may_see = lead in mine

    def _search_partner_may_see(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._partner_domain()
        return mine if True in value else ~mine

    @api.model
    def _partner_domain(self):
        user = self.env.user
        return user.partner_id._leads_of_partner_domain() if user._has_partner_portal() else Domain.TRUE

    @api.model
    def _has_field_access(self, field, operation):
        """An allow-list for partners: no notes, scores, tags or other partners, whatever the way in."""
        if not super()._has_field_access(field, operation):
            return False
        if self.env.su or (operation == "read" and field.name in allowed.READ):
            return True
        return not (self.env.user.share and self.env.user._has_partner_portal())

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Odoo groups by many2many fields without asking whether they may be read."""
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field and field.type == "many2many":
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _assert_portal_write_access(self):
        """Odoo's own methods for partners ask this first: it holds for the narrower role as well."""
        super()._assert_portal_write_access()
        if not self.env.su and self.env.user._has_partner_portal():
            self.check_access("read")

    def update_lead_portal(self, values):
        """The probability is ours to judge."""
        if not self.env.su and self.env.user._has_partner_portal():
            self._assert_portal_write_access()
            for lead in self:
                super(CrmLead, lead).update_lead_portal({**values, "probability": lead.sudo().probability})
            return None
        return super().update_lead_portal(values)

    def update_stage_from_portal(self, stage_id):
        """Only to stages that are open to partners; won takes a proof."""
        if self.env.su or not self.env.user._has_partner_portal():
            return super().update_stage_from_portal(stage_id)
        self._assert_portal_write_access()
        for lead in self:
            if trouble := lead._partner_move(stage_id):
                raise UserError(trouble)
        return True

    def _partner_move(self, stage_id):
        """:return: why it does not go, in words; nothing when it is done"""
        if trouble := self._why_partner_waits():
            return trouble
        stage = self.env["crm.stage"].sudo().browse(stage_id).exists()
        if not stage.reseller_open or stage.is_won:
            return self.env._("This stage is not open to partners.")
        if stage.team_ids and self.sudo().team_id not in stage.team_ids:
            return self.env._("This stage is not used for this opportunity.")
        self.sudo().stage_id = stage
        return ""

    def _why_partner_waits(self):
        """Why a partner can't change his lead now, in words."""
        lead = self.sudo()
        if lead.won_status == "won":
            return self.env._("This opportunity is won already.")
        if lead.won_status == "lost" or not lead.active:
            return self.env._("This opportunity is closed.")
        if not lead.stage_id.reseller_open:
            return self.env._("This opportunity is in a stage that we move on ourselves. Write a message about it.")
        return ""

    @api.model
    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Whoever sees the lead by his role may write messages; Odoo lets only the contact it is assigned to."""
        result = super()._mail_get_operation_for_mail_message_operation(message_operation)
        user = self.env.user
        if message_operation == "create" and user.share and user._has_partner_portal():
            result.update(dict.fromkeys(self, "read"))
        return result

    def write(self, vals):
        """A lead given to a colleague is no longer followed by those who see their own only."""
        result = super().write(vals)
        if vals.get("partner_assigned_id"):
            contacts = self.sudo().message_partner_ids.filtered(
                lambda partner: partner.reseller_role == "user" and partner.id != vals["partner_assigned_id"]
            )
            if contacts:
                self.sudo().message_unsubscribe(contacts.ids)
        return result

    @api.model
    def _partner_lead(self, lead_id):
        """The lead with this number, if the partner who asks works on it; none otherwise, and no word why."""
        found = self.with_context(active_test=False).search(
            [("id", "=", lead_id)] if lead_id < 2**31 else [(0, "=", 1)]
        )
        try:
            found.check_access("read")
        except AccessError:
            return self.browse()
        return found
