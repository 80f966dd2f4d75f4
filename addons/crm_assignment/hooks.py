from odoo.fields import Command
from odoo.tools import SQL

# Plain columns, there before the fields are: installing takes as long on a million leads as on ten.
LEAD_COLUMNS = {"lookalike_of_id": "int4"}


def pre_init_hook(env):
    for name, sql_type in LEAD_COLUMNS.items():
        env.cr.execute(SQL("ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(name), SQL(sql_type)))


def uninstall_hook(env):
    env["crm.lead.event"]._forget_kinds(["assigned"])
    leader = env.ref("crm_core.group_sale_salesman_team", raise_if_not_found=False)
    for name in ("leads_management_menu", "crm_team_assignment_menu"):
        menu = env.ref(f"crm_core.{name}", raise_if_not_found=False)
        if menu and leader:
            menu.group_ids = [Command.unlink(leader.id)]
    teams_menu = env.ref("crm_core.crm_team_assignment_menu", raise_if_not_found=False)
    if teams_menu:
        teams_menu.action = env.ref("crm_core.crm_team_action_assignment")
    env["ir.config_parameter"].search([("key", "=like", "crm_assignment.%")]).unlink()
