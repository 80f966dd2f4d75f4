def uninstall_hook(env):
    env["ir.config_parameter"].search([("key", "=like", "crm_reports_sale.%")]).unlink()
