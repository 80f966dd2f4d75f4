from odoo import fields, models

from .crm_view_mail import SETTING
from .crm_view_mail_schedule import JOB


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_view_mail = fields.Boolean("Mailed Views", config_parameter=SETTING)

    def set_values(self):
        result = super().set_values()
        job = self.env.ref(JOB, raise_if_not_found=False)
        if job and job.active != self.crm_view_mail:
            job.sudo().active = self.crm_view_mail
            if self.crm_view_mail:  # what became due while it was off is sent at its next time
                self.env["crm.view.mail"].sudo().search([("state", "=", "on")])._plan()
        return result
