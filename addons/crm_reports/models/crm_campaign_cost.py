from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST = 3_660  # days: ten years


class CrmCampaignCost(models.Model):
    """What a campaign cost in a span of days; typed in or imported, spread evenly over the days."""

    _name = "crm.campaign.cost"
    _description = "Campaign Cost"
    _order = "date_from desc, id desc"
    _rec_name = "campaign_id"

    campaign_id = fields.Many2one("utm.campaign", "Campaign", required=True, index=True, ondelete="cascade")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    amount = fields.Monetary("Cost", required=True)
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    note = fields.Char()

    _check_dates = models.Constraint("CHECK (date_from <= date_to)", "A cost can't end before it begins.")
    _check_amount = models.Constraint("CHECK (amount >= 0)", "A cost can't be less than nothing.")

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        for cost in self:
            if (cost.date_to - cost.date_from).days >= LONGEST:
                raise ValidationError(self.env._("A cost can't be spread over more than ten years."))
