from odoo.tools import SQL

# Plain columns, there before the fields are: installing takes as long on a million leads as on ten.
LEAD_COLUMNS = {"lookalike_of_id": "int4"}


def pre_init_hook(env):
    for name, sql_type in LEAD_COLUMNS.items():
        env.cr.execute(SQL("ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(name), SQL(sql_type)))




def uninstall_hook(env):
    env["crm.lead.event"]._forget_kinds(["assigned"])
