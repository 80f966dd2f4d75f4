from odoo import fields, models

SALESPERSON = "sales_team.group_sale_salesman"


class ResPartner(models.Model):
    """What a reseller takes, and how much of it."""

    _inherit = "res.partner"

    reseller_capacity = fields.Integer(
        "Open Leads at Most", groups=SALESPERSON, help="Open leads and offers at the same time; 0: any number."
    )
    reseller_paused_until = fields.Date(
        "No Leads until", groups=SALESPERSON, help="No lead is offered before this day."
    )
    reseller_country_ids = fields.Many2many(
        "res.country", "reseller_country_rel", "partner_id", "country_id", "Countries Served", groups=SALESPERSON
    )
    reseller_state_ids = fields.Many2many(
        "res.country.state",
        "reseller_state_rel",
        "partner_id",
        "state_id",
        "States Served",
        groups=SALESPERSON,
        help="Of these countries only the states named here. Without countries and states all leads are offered.",
    )
    reseller_industry_ids = fields.Many2many(
        "res.partner.industry",
        "reseller_industry_rel",
        "partner_id",
        "industry_id",
        "Industries Taken",
        groups=SALESPERSON,
        help="Leads of another industry are not offered. Empty: all.",
    )
    reseller_tag_ids = fields.Many2many(
        "crm.tag",
        "reseller_tag_rel",
        "partner_id",
        "tag_id",
        "Tags Taken",
        groups=SALESPERSON,
        help="Products or kinds of work, as leads are tagged. Leads with other tags only are not offered. Empty: all.",
    )
    reseller_lang_ids = fields.Many2many(
        "res.lang", "reseller_lang_rel", "partner_id", "lang_id", "Languages Spoken", groups=SALESPERSON
    )
