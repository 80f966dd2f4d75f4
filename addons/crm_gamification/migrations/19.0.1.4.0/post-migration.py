from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Foreseen closing dates are new in the ledger: where it is kept, the past is counted again in the background."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    ledger = env["crm.game.entry"]
    if ledger._ledger_is_on():
        ledger._follow_start()
