"""Read by an Odoo shell: three teams of ten members with ample room, in a database of stock addons."""

MEMBERS, TEAMS = 30, 3
ROOM = 30 * 1_000_000  # in 30 days; stock gives a thirtieth of it at once

quiet = env(context={**env.context, "no_reset_password": True, "tracking_disable": True})  # noqa: F821
quiet["crm.team"].search([]).assignment_optout = True
group = env.ref("sales_team.group_sale_salesman")  # noqa: F821
people = quiet["res.users"].create(
    [
        {
            "name": f"Salesperson {n}",
            "login": f"sales{n}",
            "email": f"sales{n}@example.com",
            "group_ids": [(4, group.id)],
        }
        for n in range(MEMBERS)
    ]
)
for number in range(TEAMS):
    team = quiet["crm.team"].create({"name": f"Bench team {number}", "use_opportunities": True, "use_leads": True})
    quiet["crm.team.member"].create(
        [{"crm_team_id": team.id, "user_id": user.id, "assignment_max": ROOM} for user in people[number::TEAMS]]
    )
env["ir.config_parameter"].set_param("crm.iap.lead.enrich.setting", "manual")  # noqa: F821
env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)  # noqa: F821
env.cr.commit()  # noqa: F821
