from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The job that follows the log has one name wherever it is done."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("crm_gamification.ir_cron_ledger").code = "model._cron_follow()"
