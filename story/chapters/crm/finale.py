"""When all chapters are told: scoring and assignment run once, as each night, and the figures are read."""

import random

from story import records
from story.chapters import crm_reseller, crm_reseller_sale

MONEY = ("prorated_revenue", "recurring_revenue_monthly_prorated", "recurring_revenue_prorated")


def tell(env, story):
    """Score and assign as the nightly jobs would; returns how many leads found their salesperson."""
    leads = env["crm.lead"].with_context(active_test=False)
    leads._cron_update_automated_probabilities()
    records.recompute(leads.search([]), *MONEY)  # Odoo's job writes probabilities past the ORM
    waiting = leads.search([("user_id", "=", False)])
    random.seed(story.seed)
    env["crm.team"]._cron_assign_leads()
    if "crm.lead.facts" in env:
        env["crm.lead.facts"]._cron_follow()
        env["crm.attribution.share"]._cron_follow()
    if "crm.game.entry" in env:
        env["crm.game.entry"]._cron_follow()
    if "crm.deal.registration" in env:
        crm_reseller.register(env)
    if "reseller_quotations" in env["res.company"]._fields:
        crm_reseller_sale.quote(env, story)
    return len(waiting.exists().filtered("user_id"))


def figures(env):
    count = env["crm.lead"].with_context(active_test=False).search_count
    return {
        "teams": env["crm.team"].search_count([]),
        "people": env["res.users"].search_count([("share", "=", False), ("id", ">", 2)]),
        "leads": count([("type", "=", "lead"), ("won_status", "=", "pending")]),
        "opportunities": count([("type", "=", "opportunity"), ("won_status", "=", "pending")]),
        "won": count([("won_status", "=", "won")]),
        "lost": count([("won_status", "=", "lost")]),
        "unassigned": count([("user_id", "=", False), ("won_status", "=", "pending")]),
        "scored": count([("won_status", "=", "pending"), ("automated_probability", ">", 0)]),
        "messages": env["mail.message"].search_count([("model", "=", "crm.lead")]),
        "planned": env["mail.activity"].search_count([("res_model", "=", "crm.lead")]),
        "done": env["mail.activity"].search_count([("res_model", "=", "crm.lead"), ("active", "=", False)]),
        "meetings": env["calendar.event"].search_count([("opportunity_id", "!=", False)]),
    }
