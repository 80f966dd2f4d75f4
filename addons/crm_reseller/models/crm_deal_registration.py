from odoo import api, fields, models
from odoo.exceptions import AccessError

STATES = [
    ("review", "Under Review"),
    ("question", "Question to the Partner"),
    ("approved", "Approved"),
    ("refused", "Refused"),
]
# what a channel manager writes himself; the rest is written by what he decides
TYPED = frozenset(("name", "product", "amount", "date_expected", "question", "refusal"))


class CrmDealRegistration(models.Model):
    """A deal that a partner registers, so that it is his for a time. Partners reach theirs by pages alone."""

    _name = "crm.deal.registration"
    _description = "Deal Registration"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Customer", required=True, help="The company that the partner sells to.")
    contact_name = fields.Char()
    email = fields.Char()
    phone = fields.Char()
    vat = fields.Char("Tax ID")
    website = fields.Char()
    country_id = fields.Many2one("res.country", index="btree_not_null", ondelete="restrict")
    product = fields.Char(required=True, help="What the customer is to buy, in the partner's words.")
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_expected = fields.Date("Expected Closing")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    registered_by_id = fields.Many2one(
        "res.users", "Registered By", readonly=True, index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(STATES, default="review", required=True, readonly=True, index=True)
    question = fields.Text(help="The partner reads it and answers on his page.")
    answer = fields.Text("Partner's Answer", readonly=True)
    refusal = fields.Text("Why Refused", help="The partner reads it.")
    decided_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, index="btree_not_null", ondelete="set null"
    )
    decided_at = fields.Datetime("Decided", readonly=True)
    lead_id = fields.Many2one("crm.lead", "Opportunity", readonly=True, index="btree_not_null", ondelete="set null")
    protected_until = fields.Date(readonly=True, index="btree_not_null")
    days_left = fields.Integer("Days Protected", compute="_compute_days_left")
    extension_state = fields.Selection(
        [("asked", "Asked For"), ("granted", "Granted"), ("refused", "Refused")], "Longer Protection", readonly=True
    )
    extension_reason = fields.Text("Why Longer", readonly=True)
    match_ids = fields.One2many("crm.deal.registration.match", "registration_id", "Known Already?", readonly=True)
    has_conflict = fields.Boolean("Looks Known", readonly=True)

    _open_idx = models.Index("(company_id, id) WHERE state IN ('review', 'question')")

    @api.depends("protected_until", "state")
    def _compute_days_left(self):
        today = fields.Date.today()
        for registration in self:
            until = registration.state == "approved" and registration.protected_until
            registration.days_left = max((until - today).days, 0) if until else 0

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        for registration in registrations:
            registration._look_for_matches()
        return registrations

    def write(self, vals):
        if not self.env.su and set(vals) - TYPED:
            raise AccessError(self.env._("This is set by deciding on the registration."))
        return super().write(vals)

    def _is_open(self):
        return self.state in ("review", "question")
