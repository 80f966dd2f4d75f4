LIVE = "crm_gamification.live"


def is_live(env):
    """Whether open leaderboards follow at once."""
    return bool(env["ir.config_parameter"].sudo().get_param(LIVE))
