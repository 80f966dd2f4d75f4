from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..attribution.methods import HALF_LIFE as USUAL
from .crm_attribution_share import HALF_LIFE, ON


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_attribution = fields.Boolean("Attribution", config_parameter=ON)
    crm_attribution_half_life = fields.Float("Half-Life in Days", config_parameter=HALF_LIFE, default=USUAL)
    crm_attribution_to_do = fields.Integer(compute="_compute_crm_attribution_to_do")

    @api.depends("crm_attribution")
    def _compute_crm_attribution_to_do(self):
        shares = self.env["crm.attribution.share"]
        self.crm_attribution_to_do = shares._follow_to_do() if shares._attribution_is_on() else 0

    @api.constrains("crm_attribution_half_life")
    def _check_crm_attribution_half_life(self):
        for settings in self:
            if settings.crm_attribution_half_life <= 0:
                raise ValidationError(self.env._("The half-life has to be more than zero days."))

    def set_values(self):
        shares = self.env["crm.attribution.share"]
        before = (shares._attribution_is_on(), shares._half_life())
        result = super().set_values()
        is_on, half_life = shares._attribution_is_on(), shares._half_life()
        if is_on and before != (is_on, half_life):
            if not before[0]:
                shares._match_leads(SQL("TRUE"))
            shares._follow_start()
        elif before[0] and not is_on:
            shares._follow_stop()
        return result
