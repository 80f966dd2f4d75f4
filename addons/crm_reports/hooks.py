def uninstall_hook(env):
    env["ir.config_parameter"].search([("key", "=like", "crm_reports.%")]).unlink()
    env["crm.lead.event.mark"].search([("name", "=like", "crm_reports.%")]).unlink()
