from odoo import api, fields, models

from .crm_game_entry import LEDGER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_game_ledger = fields.Boolean("Keep the Ledger", config_parameter=LEDGER)
    crm_game_to_do = fields.Integer(compute="_compute_crm_game_to_do")
    game_least_amount = fields.Monetary(related="company_id.game_least_amount", readonly=False)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    game_least_age = fields.Integer(related="company_id.game_least_age", readonly=False)
    game_duplicate = fields.Integer(related="company_id.game_duplicate", readonly=False)
    game_again = fields.Integer(related="company_id.game_again", readonly=False)
    game_reassigned = fields.Integer(related="company_id.game_reassigned", readonly=False)
    game_call = fields.Integer(related="company_id.game_call", readonly=False)
    game_unknown_calls = fields.Boolean(related="company_id.game_unknown_calls", readonly=False)
    game_one_call = fields.Boolean(related="company_id.game_one_call", readonly=False)
    game_planned = fields.Boolean(related="company_id.game_planned", readonly=False)
    game_asleep = fields.Integer(related="company_id.game_asleep", readonly=False)
    game_lost_for = fields.Integer(related="company_id.game_lost_for", readonly=False)

    @api.depends("crm_game_ledger")
    def _compute_crm_game_to_do(self):
        ledger = self.env["crm.game.entry"]
        self.crm_game_to_do = ledger._follow_to_do() if ledger._ledger_is_on() else 0

    def set_values(self):
        ledger = self.env["crm.game.entry"]
        before = ledger._ledger_is_on()
        result = super().set_values()
        if self.crm_game_ledger and not before:
            ledger._follow_start()
        elif before and not self.crm_game_ledger:
            ledger._follow_stop()
        return result
