from odoo.fields import Command
from odoo.tools import SQL

from .models.res_config_settings import OWN_TEAMS

# Plain columns, there before the fields are: Odoo then neither fills them with a default nor
# computes them for every lead, so installing takes as long on a million leads as on ten.
LEAD_COLUMNS = {"industry_id": "int4", "company_size": "varchar", "company_domain": "varchar"}


def pre_init_hook(env):
    for name, sql_type in LEAD_COLUMNS.items():
        env.cr.execute(SQL("ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(name), SQL(sql_type)))


def post_init_hook(env):
    env["crm.lead.event"]._start_log()


def uninstall_hook(env):
    """Give back what belongs to Odoo: its own rules, the menu that we showed to managers, and where Leads leads."""
    if env["ir.config_parameter"].get_param(OWN_TEAMS):
        env["crm.team"]._show_unassigned_of_all_teams()
    env["ir.config_parameter"].search([("key", "=like", "crm_core.%")]).unlink()
    env["crm.lead"]._drop_attention_facts()
    stages_menu = env.ref("crm.menu_crm_lead_stage_act", raise_if_not_found=False)
    manager = env.ref("sales_team.group_sale_manager", raise_if_not_found=False)
    if stages_menu and manager:
        stages_menu.group_ids = [Command.unlink(manager.id)]
    leads_menu = env.ref("crm.crm_menu_leads", raise_if_not_found=False)
    if leads_menu:
        leads_menu.action = env.ref("crm.crm_lead_all_leads")
