def post_init_hook(env):
    """Favorites that were kept before are reports of ours at once."""
    env["ir.filters"].search([("model_id", "in", env["crm.report"]._report_models())])._follow_as_reports()


def uninstall_hook(env):
    env["crm.report"].search([]).action_id.unlink()
    env["ir.config_parameter"].search([("key", "=like", "crm_reports.%")]).unlink()
    env["crm.lead.event.mark"].search([("name", "=like", "crm_reports.%")]).unlink()
