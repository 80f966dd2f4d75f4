from odoo import fields, models

from .crm_lead_figures_job import ON


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_report_figures = fields.Boolean("Count What Happened", config_parameter=ON)

    def set_values(self):
        facts = self.env["crm.lead.facts"]
        if self.crm_report_figures != facts._are_counted():
            facts._switch(self.crm_report_figures)
        return super().set_values()
