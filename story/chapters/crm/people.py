"""Log-ins (the password is the log-in: a demo on loopback), teams, members and their processes."""

from odoo.fields import Command

from story import records

GROUPS = {
    "own": "sales_team.group_sale_salesman",
    "all": "sales_team.group_sale_salesman_all_leads",
    "leader": "crm_core.group_sale_salesman_team",
    "manager": "sales_team.group_sale_manager",
}


def tell(env, story):
    staff = [person for person in story.people if person.role != "reseller"]
    users = env["res.users"].with_context(**records.QUIET).create([_user(env, person) for person in staff])
    records.remember(env, "user", [person.login for person in staff], users)
    stock = env.ref("sales_team.team_sales_department")
    stock.crm_team_member_ids.active = False
    stock.active = False
    teams = (
        env["crm.team"]
        .with_context(**records.QUIET)
        .create([_team(env, team, number) for number, team in enumerate(story.teams)])
    )
    records.remember(env, "team", [team.key for team in story.teams], teams)
    for team, record in zip(story.teams, teams, strict=True):
        _members(env, team, record)
        if hasattr(record, "_start_process"):
            record._start_process(team.process)


def _user(env, person):
    group = env.ref(GROUPS[person.role], raise_if_not_found=False) or env.ref(GROUPS["all"])
    return {
        "name": person.name,
        "login": person.login,
        "password": person.login,
        "email": person.email,
        "tz": "Europe/Budapest",
        "lang": "en_US",
        "notification_type": "inbox",
        "group_ids": [Command.set([env.ref("base.group_user").id, group.id])],
    }


def _team(env, team, number):
    return {
        "name": team.name,
        "sequence": number,
        "alias_name": team.alias,
        "user_id": records.recall(env, "user", team.leader).id,
        "use_leads": True,
        "use_opportunities": True,
        "assignment_domain": team.domain,
    }


def _members(env, team, record):
    env["crm.team.member"].with_context(**records.QUIET).create(
        [
            {
                "crm_team_id": record.id,
                "user_id": records.recall(env, "user", member.login).id,
                "assignment_max": member.maximum,
                "assignment_optout": not member.maximum,
                "assignment_domain": member.domain,
                "assignment_domain_preferred": member.preferred,
            }
            for member in team.members
        ]
    )
