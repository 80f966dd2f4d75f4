from odoo import fields, models

WAYS = [
    ("best", "The best partner, then the next best"),
    ("first", "The best few at once, the first to accept gets it"),
    ("turn", "In turn among the best few"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    reseller_offers = fields.Boolean("Offer Leads to Partners")
    reseller_way = fields.Selection(WAYS, default="best", required=True)
    reseller_top = fields.Integer("Partners Asked", default=3)
    reseller_days_valid = fields.Integer("Days to Answer", default=3)
    reseller_remind_days = fields.Integer("Days until the Reminder", default=1)
    reseller_shows_contact = fields.Boolean("Contact Data before Acceptance")
    reseller_auto = fields.Boolean("Offer New Leads by Itself")
    reseller_domain = fields.Char("Leads Offered by Themselves", default="[]")

    _reseller_numbers = models.Constraint(
        "CHECK(reseller_top BETWEEN 1 AND 20 AND reseller_days_valid BETWEEN 1 AND 90 AND reseller_remind_days >= 0)",
        "Between 1 and 20 partners can be asked, and they have between 1 and 90 days to answer.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "reseller_offers" in vals:
            self.env["crm.lead.offer"]._switch_job()
        return result
