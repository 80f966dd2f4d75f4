"""Leaderboards follow at once."""


def tell(env, story):
    env["res.config.settings"].create({"crm_gamification_live": True}).execute()
