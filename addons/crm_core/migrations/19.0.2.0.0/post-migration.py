from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Where the addon stood already, the log of events begins with this version."""
    api.Environment(cr, SUPERUSER_ID, {})["crm.lead.event"]._start_log()
