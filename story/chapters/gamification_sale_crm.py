"""A challenge that runs: who wins the most deals this month?"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from story import records


def tell(env, story):
    definitions = env["gamification.goal.definition"]
    of_one = {"suffix_one": "deal"} if "suffix_one" in definitions._fields else {}
    definition = definitions.create(
        {
            **of_one,
            "name": "Deals won",
            "computation_mode": "count",
            "suffix": "deals",
            "condition": "higher",
            "model_id": env["ir.model"]._get_id("crm.lead"),
            "domain": "[('won_status', '=', 'won')]",
            "field_date_id": env["ir.model.fields"]._get("crm.lead", "date_closed").id,
            "batch_mode": True,
            "batch_distinctive_field": env["ir.model.fields"]._get("crm.lead", "user_id").id,
            "batch_user_expression": "user.id",
        }
    )
    users = env["res.users"].union(
        *(records.recall(env, "user", member.login) for team in story.teams for member in team.members)
    )
    first = story.today.replace(day=1)
    env["gamification.challenge"].create(
        {
            "name": "Who wins the most deals this month?",
            "period": "monthly",
            "visibility_mode": "ranking",
            "start_date": first,
            "end_date": first + relativedelta(months=1) - timedelta(days=1),
            "user_domain": str([("id", "in", users.ids)]),
            "report_message_frequency": "never",
            "manager_id": records.recall(env, "user", "manager").id,
            "line_ids": [(0, 0, {"definition_id": definition.id, "target_goal": 5})],
        }
    ).action_start()
