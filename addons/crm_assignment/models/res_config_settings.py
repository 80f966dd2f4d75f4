from odoo import fields, models

from .crm_assignment_run_telling import MAILED
from .crm_team import PAUSED

LOOKALIKES = "crm_assignment.lookalikes"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_lookalikes = fields.Boolean("Look-Alikes", config_parameter=LOOKALIKES)
    crm_assignment_paused = fields.Boolean("Pause the Teams' Methods", config_parameter=PAUSED)
    crm_assignment_mail_given = fields.Boolean("Mail to Salespersons", config_parameter=MAILED)

    def set_values(self):
        result = super().set_values()
        self.env.registry.clear_cache()  # which teams give leads to somebody as they arrive
        return result
