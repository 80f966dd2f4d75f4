from odoo import fields, models

LOOKALIKES = "crm_assignment.lookalikes"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_lookalikes = fields.Boolean("Look-Alikes", config_parameter=LOOKALIKES)
