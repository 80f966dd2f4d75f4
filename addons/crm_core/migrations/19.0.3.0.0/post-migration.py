from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The job for deleted contacts looks after merged ones too: its name says so (its record is not updated)."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    if job := env.ref("crm_core.ir_cron_event_erasure", raise_if_not_found=False):
        job.name = "CRM: deleted and merged contacts in the log of leads"
