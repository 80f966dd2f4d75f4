MEND = "crm_gamification.mend"


def is_mended(env):
    """Whether goals and rewards go as this addon mends them; otherwise as Odoo does."""
    return bool(env["ir.config_parameter"].sudo().get_param(MEND))
