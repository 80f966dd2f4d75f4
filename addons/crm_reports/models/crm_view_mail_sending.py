from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

KEPT_DAYS = 400


class CrmViewMailSending(models.Model):
    """What was sent to whom and when: one row for each recipient and due moment, so that none is sent twice.

    What a recipient may see and the owner may not can't be guessed from it: of others the owner sees that it was
    dealt with, not whether it was empty, how many rows it had, or which sentence it held.
    """

    _name = "crm.view.mail.sending"
    _description = "Sent View"
    _order = "moment desc, id desc"
    _rec_name = "view_mail_id"

    view_mail_id = fields.Many2one(
        "crm.view.mail", "Mailed View", required=True, index=True, ondelete="cascade", readonly=True
    )
    recipient_id = fields.Many2one("crm.view.mail.recipient", ondelete="set null", readonly=True)
    user_id = fields.Many2one("res.users", index="btree_not_null", ondelete="set null", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", index="btree_not_null", ondelete="set null", readonly=True)
    email = fields.Char(readonly=True)
    moment = fields.Datetime("Due", required=True, index=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("queued", "Handed to the Mail Queue"),
            ("sent", "Sent"),
            ("skipped", "Not Sent"),
            ("failed", "Failed"),
        ],
        "What Became of It", default="waiting", required=True, groups=NO_ACCESS,
    )  # fmt: skip
    reason = fields.Char("Cause", groups=NO_ACCESS)
    rows = fields.Integer("Records Read", groups=NO_ACCESS)
    tries = fields.Integer(readonly=True)
    try_at = fields.Datetime(groups=NO_ACCESS)
    mail_id = fields.Many2one(
        "mail.mail", "Mail in the Queue", index="btree_not_null", ondelete="set null", groups=NO_ACCESS
    )

    shown_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("queued", "Handed to the Mail Queue"),
            ("sent", "Sent"),
            ("skipped", "Not Sent"),
            ("failed", "Failed"),
            ("done", "Done"),
        ],
        "State", compute="_compute_shown",
    )  # fmt: skip
    shown_reason = fields.Char("Why", compute="_compute_shown")
    shown_rows = fields.Integer("Records", compute="_compute_shown")
    is_own = fields.Boolean(compute="_compute_shown")
    body = fields.Html("Mail", compute="_compute_body", sanitize=False)

    _once = models.UniqueIndex("(recipient_id, moment)")
    _open_idx = models.Index("(try_at) WHERE state IN ('waiting', 'queued')")

    @api.depends_context("uid")
    @api.depends("user_id", "view_mail_id.user_id", "state", "mail_id.state")
    def _compute_shown(self):
        for row in self:
            known = row.sudo()
            state = "sent" if known.state == "queued" and known.mail_id.state == "sent" else known.state
            row.is_own = is_own = row._is_own()
            row.shown_state = "done" if not is_own and state in ("queued", "sent", "skipped") else state
            row.shown_reason = known.reason if is_own or state == "failed" else False
            row.shown_rows = known.rows if is_own else 0

    @api.depends_context("uid")
    def _compute_body(self):
        for row in self:
            row.body = row._is_own() and row.sudo().mail_id._view_mail_body()

    def _is_own(self):
        """Whether it holds nothing that the person who looks at it could not see himself."""
        return (self.user_id or self.view_mail_id.user_id) == self.env.user

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        old = self.sudo().search([("moment", "<", limit), ("state", "not in", ("waiting", "queued"))], limit=1000)
        old.mail_id.unlink()
        old.unlink()
        return len(old), len(old) == 1000
