"""Products and a few quotations: one to be finished, two sent, one that became an order."""

from odoo.fields import Command

from story import records, words

QUOTED = 0.75


def tell(env, story):
    env["product.pricelist"].search([]).currency_id = env.company.currency_id
    products = env["product.product"].create(
        [
            {"name": name, "list_price": price, "type": "service", "taxes_id": [Command.clear()]}
            for name, price, _share in words.PRODUCTS
        ]
    )
    records.remember(env, "product", [name.replace(" ", "_").lower() for name in products.mapped("name")], products)
    by_name = {product.name: product for product in products}
    for team in story.teams:
        records.recall(env, "team", team.key).invoiced_target = team.target
    for deal, state in _chosen(story):
        _quote(env, deal, by_name[deal.product], state)


def _chosen(story):
    """Deals whose stage goes with a quotation; own and all-documents salespersons have one each."""
    late = [deal for deal in story.deals if deal.outcome == "open" and deal.depth >= QUOTED]
    own, others = [deal for deal in late if deal.owner == "own"], [deal for deal in late if deal.owner == "all"]
    won = max((deal for deal in story.deals if deal.outcome == "won"), key=lambda deal: deal.closed)
    return [(own[-1], "draft"), (own[-2], "sent"), (others[-1], "sent"), (won, "sale")]


def _quote(env, deal, product, state):
    lead = records.recall(env, "deal", deal.key)
    order = (
        env["sale.order"]
        .with_context(**records.QUIET)
        .create(
            {
                "partner_id": lead.partner_id.id,
                "opportunity_id": lead.id,
                "user_id": lead.user_id.id,
                "team_id": lead.team_id.id,
                "date_order": deal.closed or deal.last_event,
                "origin": lead.name,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": 1,
                            "price_unit": deal.revenue,
                            "name": product.name,
                        }
                    )
                ],
            }
        )
    )
    if state == "sale":
        order.action_confirm()
        order.date_order = deal.closed
    else:
        order.state = state
