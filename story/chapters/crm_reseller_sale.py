"""Quotations by partners: the reseller makes one for his first deal, and it waits to be checked."""

from story import records, words

OPEN = ("Planning board", "Route planner", "Multi-site planner")
NOTE = "They have three sites, and would like to begin before the summer."


def tell(env, story):
    env.company.reseller_quotations = True
    if env.ref("demo_story.product_planning_board", raise_if_not_found=False):
        quote(env, story)


def quote(env, story):
    """At the very end of a first telling: the products and the reseller come after this chapter."""
    from odoo.addons.crm_reseller_sale.quoting.entered import PREFIX, entered

    keys = {name: name.replace(" ", "_").lower() for name, _price, _share in words.PRODUCTS}
    products = {name: records.recall(env, "product", key) for name, key in keys.items()}
    for name in OPEN:
        products[name].reseller_open = True
    deal = next(deal for deal in story.deals if deal.reseller)
    lead = records.recall(env, "deal", deal.key).with_user(records.recall(env, "user", "reseller"))
    typed = {f"{PREFIX}{products[name].id}": "1" for name in OPEN[:2]}
    order, trouble = lead.with_context(**records.QUIET)._partner_quote(
        entered({**typed, "note": NOTE, "token": "story"})
    )
    assert order, trouble
