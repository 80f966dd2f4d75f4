from odoo import api, fields, models


class CrmDealRegistrationMatch(models.Model):
    """Something that we know already and that looks like a registered deal; for the channel manager alone."""

    _name = "crm.deal.registration.match"
    _description = "What a Registered Deal Looks Like"
    _order = "strength desc, id"

    registration_id = fields.Many2one("crm.deal.registration", required=True, index=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", readonly=True, index="btree_not_null", ondelete="cascade")
    customer_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null", ondelete="cascade")
    other_id = fields.Many2one(
        "crm.deal.registration", "Other Registration", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    evidence = fields.Selection(
        [
            ("vat", "Tax ID"),
            ("email", "E-mail Address"),
            ("phone", "Phone"),
            ("domain", "Internet Domain"),
            ("name", "Name"),
        ],
        readonly=True,
        required=True,
    )
    strength = fields.Integer("Certainty", readonly=True, aggregator=None)
    what = fields.Char(compute="_compute_what")

    @api.depends("lead_id", "customer_id", "other_id")
    def _compute_what(self):
        for match in self.sudo():
            match.what = match._words()

    def _words(self):
        if lead := self.lead_id:
            holder = lead.partner_assigned_id.name or lead.user_id.name or self.env._("nobody")
            return self.env._("Lead %(name)s, with %(holder)s", name=lead.name, holder=holder)
        if other := self.other_id:
            return self.env._(
                "Registered by %(partner)s on %(day)s: %(state)s",
                partner=other.partner_id.name,
                day=fields.Date.to_string(other.create_date),
                state=dict(other._fields["state"]._description_selection(self.env))[other.state],
            )
        return self.env._("Customer %(name)s", name=self.customer_id.display_name)
