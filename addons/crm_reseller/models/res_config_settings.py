from odoo import fields, models

from .mend import MEND


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_reseller_mend = fields.Boolean("Right Assignment to Partners", config_parameter=MEND)
    reseller_offers = fields.Boolean(related="company_id.reseller_offers", readonly=False)
    reseller_way = fields.Selection(related="company_id.reseller_way", readonly=False)
    reseller_top = fields.Integer(related="company_id.reseller_top", readonly=False)
    reseller_days_valid = fields.Integer(related="company_id.reseller_days_valid", readonly=False)
    reseller_remind_days = fields.Integer(related="company_id.reseller_remind_days", readonly=False)
    reseller_shows_contact = fields.Boolean(related="company_id.reseller_shows_contact", readonly=False)
    reseller_auto = fields.Boolean(related="company_id.reseller_auto", readonly=False)
    reseller_board = fields.Boolean(related="company_id.reseller_board", readonly=False)
    reseller_levels = fields.Boolean(related="company_id.reseller_levels", readonly=False)
    reseller_levels_auto = fields.Boolean(related="company_id.reseller_levels_auto", readonly=False)
    reseller_level_months = fields.Integer(related="company_id.reseller_level_months", readonly=False)
    reseller_level_grace_days = fields.Integer(related="company_id.reseller_level_grace_days", readonly=False)
    reseller_applications = fields.Boolean(related="company_id.reseller_applications", readonly=False)
    reseller_registrations = fields.Boolean(related="company_id.reseller_registrations", readonly=False)
    reseller_protection_days = fields.Integer(related="company_id.reseller_protection_days", readonly=False)
    reseller_extension_days = fields.Integer(related="company_id.reseller_extension_days", readonly=False)
    reseller_domain = fields.Char(related="company_id.reseller_domain", readonly=False)
