from odoo import fields, models

from .crm_lead_figures_job import ON
from .crm_shift_watch import ON as WATCH


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_report_figures = fields.Boolean("Count What Happened", config_parameter=ON)
    crm_report_watch = fields.Boolean("Watch for Shifts", config_parameter=WATCH)

    def set_values(self):
        facts = self.env["crm.lead.facts"]
        if self.crm_report_figures != facts._are_counted():
            facts._switch(self.crm_report_figures)
        if self.crm_report_watch != bool(self.env["ir.config_parameter"].sudo().get_param(WATCH)):
            self.env["crm.shift"]._switch_watching(self.crm_report_watch)
        return super().set_values()
