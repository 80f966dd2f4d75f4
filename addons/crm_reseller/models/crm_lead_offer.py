from secrets import token_urlsafe

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from .res_company import WAYS

OPEN = ("draft", "sent")
USED = "crm_reseller.used"  # set when offering is first switched on: until then nobody looks for offers


class CrmLeadOffer(models.Model):
    """A lead offered to a partner. Written by the suite alone; readable to who may read the lead."""

    _name = "crm.lead.offer"
    _inherit = ["crm.lead.reading.mixin"]
    _description = "Offer of a Lead to a Partner"
    _order = "id desc"

    lead_id = fields.Many2one(required=False, ondelete="set null")  # an offer outlives its lead
    partner_id = fields.Many2one("res.partner", readonly=True, required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True, ondelete="cascade")
    way = fields.Selection(WAYS, readonly=True, required=True)
    state = fields.Selection(
        [
            ("draft", "To Send"),
            ("sent", "Waiting"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("expired", "No Answer"),
            ("recalled", "Recalled"),
            ("lost_to_another", "Too Late"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    score = fields.Float("Fit", readonly=True, digits=(5, 1), aggregator="avg")
    reasons = fields.Text("Why This Partner", readonly=True)
    note = fields.Char("What Happened", readonly=True)
    sent_at = fields.Datetime("Sent", readonly=True)
    valid_until = fields.Datetime(readonly=True)
    reminded_at = fields.Datetime("Reminded", readonly=True)
    answered_at = fields.Datetime("Answered", readonly=True)
    decline_reason_id = fields.Many2one(
        "crm.lead.offer.decline.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    decline_note = fields.Char("In the Partner's Words", readonly=True)
    nonce = fields.Char(groups=NO_ACCESS, default=lambda self: token_urlsafe(16), required=True, copy=False)
    access_ids = fields.One2many("crm.lead.offer.access", "offer_id", "Opened by Link", readonly=True)

    _open_uniq = models.UniqueIndex("(lead_id, partner_id) WHERE state IN ('draft', 'sent')")

    @api.model
    def _of_leads(self, lead_ids):
        """All offers of leads, for those who change the leads."""
        offers = self.sudo()
        if not self.env["ir.config_parameter"].sudo().get_param(USED):
            return offers
        return offers.search([("lead_id", "in", lead_ids)])

    @api.depends("lead_id", "partner_id")
    def _compute_display_name(self):
        for offer in self:
            offer.display_name = self.env._(
                "%(lead)s to %(partner)s",
                lead=offer.lead_id.display_name or self.env._("Deleted lead"),
                partner=offer.partner_id.display_name,
            )

    def action_recall(self):
        """By somebody who may write the lead: the partner's link says so from then on."""
        self.lead_id.check_access("write")
        waiting = self.sudo().filtered(lambda offer: offer.state in OPEN)
        waiting._close("recalled", self.env._("Recalled by %(name)s.", name=self.env.user.name))

    def _close(self, state, note, **vals):
        self.write({"state": state, "note": note, **vals})
