def post_init_hook(env):
    env["gamification.challenge"]._switch_mend(True)


def uninstall_hook(env):
    env["gamification.challenge"]._switch_mend(False)
    env["ir.config_parameter"].search([("key", "=like", "crm_gamification.%")]).unlink()
    env["crm.lead.event.mark"].search([("name", "=like", "crm_gamification.%")]).unlink()
