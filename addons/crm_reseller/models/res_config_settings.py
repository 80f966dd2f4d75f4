from odoo import fields, models

from .mend import MEND


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_reseller_mend = fields.Boolean("Right Assignment to Partners", config_parameter=MEND)
