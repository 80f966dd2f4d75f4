from .models.mend import MEND


def post_init_hook(env):
    env["ir.config_parameter"].sudo().set_param(MEND, True)


def uninstall_hook(env):
    env["ir.config_parameter"].sudo().search([("key", "=like", "crm_reseller.%")]).unlink()
