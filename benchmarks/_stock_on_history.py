"""Read by an Odoo shell: Odoo's own scoring and assignment on a loaded history.

The history's newest leads are made new again: open, of today, nobody's. Where the history has
no teams of its own, ten members of a team made for the purpose get them.
"""

import json
import time

WAITING, MEMBERS, ROOM = 300, 10, 2
env = env(context={**env.context, "tracking_disable": True, "no_reset_password": True})  # noqa: F821


def members():
    known = env["crm.team.member"].search([("user_id.login", "like", "example.com")])
    if known:
        return known
    users = env["res.users"].create(
        [{"name": f"Member {n}", "login": f"member{n}@bench.example.com"} for n in range(MEMBERS)]
    )
    users.group_ids += env.ref("sales_team.group_sale_salesman")
    team = env["crm.team"].create({"name": "Bench team", "use_opportunities": True})
    return env["crm.team.member"].create([{"crm_team_id": team.id, "user_id": user.id} for user in users])


def new_again():
    leads = env["crm.lead"].with_context(active_test=False).search([], order="create_date desc, id desc", limit=WAITING)
    first = env["crm.stage"].search([("team_ids", "=", False), ("is_won", "=", False)], limit=1)
    leads.write({"active": True, "stage_id": first.id, "user_id": False, "team_id": False})
    for lead in leads:
        lead.action_set_automated_probability()
    env.flush_all()
    env.cr.execute("UPDATE crm_lead SET create_date = now() AT TIME ZONE 'UTC' WHERE id IN %s", [leads._ids])
    env.invalidate_all()
    return leads


def timed(work):
    start = time.perf_counter()
    work()
    env.cr.commit()
    env.invalidate_all()
    return round(time.perf_counter() - start, 2)


people = members()
# stock draws teams by lot, and a team may get more than its fair share: with twice the room that
# is needed none of these leads has to wait; other teams stay out of it
people.assignment_max = 30 * ROOM * -(-WAITING // len(people))
(env["crm.team"].search([]) - people.crm_team_id).assignment_optout = True
env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
waiting = new_again()
env.cr.commit()
scoring = timed(env["crm.lead"]._cron_update_automated_probabilities)
scores = waiting.mapped("automated_probability")
assignment = timed(env["crm.team"]._cron_assign_leads)
print(
    "STOCK "
    + json.dumps(
        {
            "waiting": len(waiting),
            "scored": sum(0 < score < 100 for score in scores),
            "scores": len(set(scores)),
            "scoring_s": scoring,
            "assigned": len(waiting.exists().filtered("user_id")),
            "assignment_s": assignment,
            "owners": len(waiting.exists().user_id),
        }
    )  # fmt: skip
)
