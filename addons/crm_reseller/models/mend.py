MEND = "crm_reseller.mend"


def is_mended(env):
    """Whether assigning, forwarding and the partnership report go as this addon mends them; otherwise as Odoo does."""
    return bool(env["ir.config_parameter"].sudo().get_param(MEND))
