from odoo import api, fields, models
from odoo.exceptions import AccessError

STATES = [
    ("new", "New"),
    ("question", "Question to the Applicant"),
    ("approved", "Approved"),
    ("refused", "Refused"),
]
# what a channel manager writes himself; the rest is written by what he decides
TYPED = frozenset(("grade_id", "partner_id", "is_invited", "question", "refusal"))


class CrmResellerApplication(models.Model):
    """Somebody who wants to become a partner. It comes from a public page: nothing of it is trusted."""

    _name = "crm.reseller.application"
    _inherit = ["mail.thread"]
    _description = "Application of a Partner"
    _order = "id desc"

    name = fields.Char("Company Name", required=True, readonly=True)
    contact_name = fields.Char(required=True, readonly=True)
    email = fields.Char("E-mail", required=True, readonly=True, index=True)
    phone = fields.Char(readonly=True)
    website = fields.Char(readonly=True)
    country_id = fields.Many2one("res.country", readonly=True, index="btree_not_null", ondelete="restrict")
    industry_id = fields.Many2one("res.partner.industry", readonly=True, index="btree_not_null", ondelete="set null")
    lang_ids = fields.Many2many(
        "res.lang", "crm_reseller_application_lang_rel", "application_id", "lang_id", "Languages", readonly=True
    )
    why = fields.Text("Why He Applies", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    lang = fields.Char("Language of the Page", readonly=True)
    address_hash = fields.Char(readonly=True, index=True, groups="base.group_system")
    state = fields.Selection(STATES, default="new", required=True, readonly=True, index=True)
    grade_id = fields.Many2one(
        "res.partner.grade",
        "Level Given",
        domain="[('company_id', 'in', [company_id, False]), ('partner_weight', '>', 0)]",
        index="btree_not_null",
        ondelete="set null",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Existing Contact",
        domain="[('company_id', 'in', [company_id, False]), ('is_company', '=', True)]",
        index="btree_not_null",
        ondelete="set null",
        help="Empty: a new company is created. Else the applicant becomes a contact of this one.",
    )
    is_invited = fields.Boolean(
        "Invite to the Portal", default=True, help="When approved, the applicant gets a mail to set a password."
    )
    question = fields.Text(help="The applicant gets it by mail. His answer comes into the chatter.")
    refusal = fields.Text("Why Refused", help="Optional; the applicant reads it.")
    decided_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, index="btree_not_null", ondelete="set null"
    )
    decided_at = fields.Datetime("Decided", readonly=True)
    known_words = fields.Text("Known Already?", compute="_compute_known")
    similar_partner_ids = fields.Many2many("res.partner", string="Similar Contacts", compute="_compute_known")

    def write(self, vals):
        if not self.env.su and set(vals) - TYPED - set(self._mail_fields()):
            raise AccessError(self.env._("This is set by deciding on the application."))
        return super().write(vals)

    @api.model
    def _mail_fields(self):
        """What the chatter writes."""
        return self.env["mail.thread"]._fields

    def _is_open(self):
        return self.state in ("new", "question")

    def message_update(self, msg_dict, update_vals=None):
        """An answer by mail brings the application back to the channel manager."""
        self.sudo().filtered(lambda one: one.state == "question").write({"state": "new"})
        return super().message_update(msg_dict, update_vals)

    @api.autovacuum
    def _forget_refused(self):
        """What strangers told of themselves is not kept once it has served."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=180)
        self.sudo().search([("state", "=", "refused"), ("decided_at", "<", limit)], limit=1000).unlink()
