from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The mended goals are on where the addon was installed before they came, as where it is installed now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["gamification.challenge"]._switch_mend(True)
