from odoo import fields, models

from .crm_game_entry_reading import GUARDS


class ResCompany(models.Model):
    """What has to hold so that something counts in the game."""

    _inherit = "res.company"

    game_least_amount = fields.Monetary("Least Amount")
    game_least_age = fields.Integer("Least Age")
    game_duplicate = fields.Integer("Second Deals", default=7)
    game_again = fields.Integer("Won Again", default=30)
    game_reassigned = fields.Integer("Reassigned Late", default=1)
    game_call = fields.Integer("Least Length of a Call")
    game_unknown_calls = fields.Boolean("Calls of Unknown Length", default=True)
    game_one_call = fields.Boolean("One Call a Day", default=True)
    game_planned = fields.Boolean("Steps Planned Before", default=True)
    game_asleep = fields.Integer("Customers Won Back", default=180)
    game_lost_for = fields.Integer("Deals Won Back", default=30)

    def write(self, vals):
        """Other guards count all anew, also the past: whoever changes them sees it in every figure."""
        names = GUARDS.keys() & vals
        before = {company: [company[name] for name in names] for company in self}
        result = super().write(vals)
        ledger = self.env["crm.game.entry"]
        if (
            names
            and ledger._ledger_is_on()
            and any([company[name] for name in names] != values for company, values in before.items())
        ):
            ledger._follow_start()
        return result
