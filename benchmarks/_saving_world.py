"""Read by an Odoo shell: the people and customers of the saving bench, in a database of stock addons."""

group = env.ref("sales_team.group_sale_salesman")  # noqa: F821
quiet = env(context={**env.context, "no_reset_password": True, "tracking_disable": True})  # noqa: F821
salespeople = quiet["res.users"].create(
    [
        {
            "name": f"Salesperson {n}",
            "login": f"sales{n}",
            "email": f"sales{n}@example.com",
            "group_ids": [(4, group.id)],
        }
        for n in range(10)
    ]
)
for half in range(2):
    team = quiet["crm.team"].create({"name": f"Team {half}", "use_opportunities": True})
    quiet["crm.team.member"].create(
        [{"crm_team_id": team.id, "user_id": user.id} for user in salespeople[half * 5 : half * 5 + 5]]
    )
quiet["res.partner"].create(
    [
        {
            "name": f"Customer {n}",
            "email": f"buyer@customer{n}.example.com",
            "is_company": True,
            "country_id": 1 + n % 50,
        }
        for n in range(100)
    ]
)
env["ir.config_parameter"].set_param("crm.iap.lead.enrich.setting", "manual")  # noqa: F821
env.cr.commit()  # noqa: F821
