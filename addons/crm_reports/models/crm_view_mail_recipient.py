from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import NO_ACCESS
from odoo.tools import email_normalize, hash_sign, verify_hash_signed

LEADER = "crm_core.group_sale_salesman_team"
SCOPE = "crm_reports.view_mail"
# set by the suite and by the recipient, never by who may change the mail
OURS = frozenset(("state", "next_at", "is_confirmed", "confirmed_by_id", "confirmed_email", "last_result", "problem"))


class CrmViewMailRecipient(models.Model):
    """One who gets a mailed view: an internal user by his own rights, or a contact as a snapshot by the owner's."""

    _name = "crm.view.mail.recipient"
    _description = "Recipient of a Mailed View"

    view_mail_id = fields.Many2one("crm.view.mail", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", index="btree_not_null", ondelete="cascade", domain=[("share", "=", False)])
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="cascade",
        domain=[("partner_share", "=", True), ("is_company", "=", False)],
    )  # fmt: skip
    email = fields.Char(compute="_compute_email", compute_sudo=True)
    state = fields.Selection(
        [("on", "Gets It"), ("paused", "Paused by the Recipient"), ("stopped", "Stopped by the Recipient")],
        default="on", required=True, readonly=True,
    )  # fmt: skip
    next_at = fields.Datetime("Next", index="btree_not_null", readonly=True, copy=False)
    is_confirmed = fields.Boolean("Snapshot Confirmed", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="set null")
    confirmed_email = fields.Char(readonly=True, copy=False)
    problem = fields.Char(readonly=True, copy=False)
    hint = fields.Char(compute="_compute_hint")
    last_result = fields.Json(groups=NO_ACCESS, copy=False)

    _user_uniq = models.UniqueIndex("(view_mail_id, user_id) WHERE user_id IS NOT NULL")
    _partner_uniq = models.UniqueIndex("(view_mail_id, partner_id) WHERE partner_id IS NOT NULL")
    _one_of_both = models.Constraint(
        "CHECK((user_id IS NULL) <> (partner_id IS NULL))", "A recipient is a user or a contact, one of the two."
    )

    @api.depends("user_id.name", "partner_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.user_id or line.partner_id).display_name

    @api.depends("user_id.email", "partner_id.email")
    def _compute_email(self):
        for line in self:
            line.email = email_normalize(line._partner().email) or False

    @api.depends("user_id", "partner_id", "email", "is_confirmed", "problem", "state")
    def _compute_hint(self):
        for line in self:
            line.hint = line._hint()

    @api.constrains("user_id", "partner_id")
    def _check_recipient(self):
        for line in self:
            if line.user_id.share:
                raise ValidationError(self.env._("%(name)s is no internal user.", name=line.user_id.name))
            if line.partner_id and not line.partner_id.partner_share:
                raise ValidationError(
                    self.env._("%(name)s is an internal user: choose the user.", name=line.partner_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in OURS} for vals in vals_list]
        lines = super().create(vals_list)
        lines._check_for_others()
        lines.view_mail_id._plan()
        return lines

    def write(self, vals):
        if not self.env.su and OURS & set(vals):
            raise AccessError(self.env._("This is set by the suite and by the recipient alone."))
        result = super().write(vals)
        if {"user_id", "partner_id", "view_mail_id"} & set(vals):
            self._check_for_others()
            self.sudo().write({"last_result": False, "problem": False, "state": "on"})
            self.sudo()._drop_confirmation()
            self.view_mail_id._plan()
        return result

    def _check_for_others(self):
        """Who may mail to others; in a constraint everybody would be the superuser."""
        if self.env.su or self.env.user.has_group(LEADER):
            return
        if any(line.user_id != self.env.user for line in self):
            raise AccessError(self.env._("Only leaders and managers mail views to others."))

    def action_confirm(self):
        """The owner says that a contact may get what he himself may see."""
        for line in self:
            if line.view_mail_id.user_id != self.env.user:
                raise UserError(self.env._("Only the owner of the mail can confirm: what is sent is what he may see."))
            line.sudo().write(
                {"is_confirmed": True, "confirmed_by_id": self.env.uid, "confirmed_email": line.email, "problem": False}
            )

    def _drop_confirmation(self):
        self.filtered("is_confirmed").write({"is_confirmed": False, "confirmed_by_id": False, "confirmed_email": False})

    def _partner(self):
        return self.user_id.partner_id or self.partner_id

    def _zone(self):
        return (self.user_id.tz or self.partner_id.tz or self.view_mail_id.user_id.tz or "UTC") if self else "UTC"

    def _reader(self):
        """:return: the user whose rights count"""
        return self.user_id or self.view_mail_id.user_id

    def _is_snapshot_confirmed(self):
        """Confirmed by who still owns it, for the address that the contact still has."""
        return (
            self.is_confirmed
            and self.confirmed_by_id == self.view_mail_id.user_id
            and self.confirmed_email == self.email
        )

    def _hint(self):
        """:return: why this recipient gets nothing, or nothing"""
        if self.user_id and not self.user_id.sudo().active:
            return self.env._("Archived")
        if not self.email and self._partner():
            return self.env._("No e-mail address")
        if self.partner_id and not self.sudo()._is_snapshot_confirmed():
            return self.env._("Snapshot not confirmed")
        return self.problem

    def _token(self):
        return hash_sign(self.sudo().env, SCOPE, [self.id, self._partner().id])

    def _link(self):
        """Where the recipient pauses and stops it."""
        return f"{self.get_base_url()}/mailed-view/{self._token()}"

    @api.model
    def _by_token(self, token):
        """:return: the recipient that a link is for, none where the link is not ours"""
        try:
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
            line = self.sudo().browse(values[0]).exists() if values else self.browse()
        except (ValueError, TypeError, IndexError, UnicodeError):
            return self.browse()
        return line if line and line._partner().id == values[1] else self.browse()

    def _set_state(self, state):
        """By the recipient's own link."""
        self.sudo().state = state
        self.sudo().view_mail_id._plan()

    def _note(self, mail):
        """Rows of what is due, each only once."""
        now = self.env.cr.now().replace(tzinfo=None)
        sendings = self.env["crm.view.mail.sending"]
        known = sendings.search([("recipient_id", "in", self.ids), ("moment", "in", self.mapped("next_at"))])
        noted = {(row.recipient_id.id, row.moment) for row in known}
        sendings.create(
            [
                {
                    "view_mail_id": mail.id,
                    "recipient_id": line.id,
                    "user_id": line.user_id.id,
                    "partner_id": line.partner_id.id,
                    "email": line.email,
                    "moment": line.next_at,
                    "try_at": now,
                }
                for line in self
                if (line.id, line.next_at) not in noted
            ]
        )
