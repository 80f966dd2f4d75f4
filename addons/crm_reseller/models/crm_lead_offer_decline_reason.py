from odoo import fields, models


class CrmLeadOfferDeclineReason(models.Model):
    _name = "crm.lead.offer.decline.reason"
    _description = "Why a Partner Declines"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
